using System.Reflection;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Tests.Contracts;

/// <summary>Compares our contracts with the list of ASCOM's own, in the form of that list.</summary>
public sealed class AscomContractTests
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["Void"] = "void",
        ["Boolean"] = "bool",
        ["Int16"] = "short",
        ["Int32"] = "int",
        ["Double"] = "double",
        ["String"] = "string",
        ["Object"] = "object",
    };

    [Fact]
    public void Every_type_and_member_is_ASCOMs_own_and_none_is_missing()
    {
        var ascom = ReadList().Where(b => !b.StartsWith("exception numbers", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        var ours = typeof(ICameraV4).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == typeof(ICameraV4).Namespace && t != typeof(DriverException))
            .Select(Render)
            .Order(StringComparer.Ordinal);

        Assert.Equal(ascom, ours);
    }

    [Fact]
    public void Every_exception_number_has_its_Alpaca_number()
    {
        var ascom = ReadList()
            .Single(b => b.StartsWith("exception numbers", StringComparison.Ordinal))
            .Split('\n')
            .Skip(1)
            .Select(line => line.Split(" = "))
            .ToDictionary(p => p[0], p => Convert.ToInt32(p[1], 16) & 0xFFF);

        Assert.Equal(ascom["NotImplemented"], DriverException.NotImplemented("x").Number);
        Assert.Equal(ascom["InvalidValue"], DriverException.InvalidValue("x").Number);
        Assert.Equal(ascom["ValueNotSet"], DriverException.ValueNotSet("x").Number);
        Assert.Equal(ascom["NotConnected"], DriverException.NotConnected("x").Number);
        Assert.Equal(ascom["InvalidOperationException"], DriverException.InvalidOperation("x").Number);
        Assert.Equal(ascom["ActionNotImplementedException"], DriverException.ActionNotImplemented("x").Number);
        Assert.Equal(ascom["OperationCancelled"], DriverException.OperationCancelled("x").Number);
        Assert.Equal(ascom["DriverBase"], DriverException.DeviceFailure("x").Number);
        Assert.Equal(ascom["DriverMax"], DriverException.DeviceFailure("x", 0xFFF).Number);
    }

    /// <summary>The blocks of the list, one for each type: a head line, then its members, sorted and without namespaces.</summary>
    private static IEnumerable<string> ReadList()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ascom-camera-api.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split("\n\n")
            .Skip(1)
            .Select(block =>
            {
                var lines = block.Trim().Split('\n').Select(l => l.Trim()).ToArray();
                var head = lines[0].Replace("ASCOM.Common.DeviceInterfaces.", "", StringComparison.Ordinal)
                    .Replace("ASCOM.Common.Alpaca.", "", StringComparison.Ordinal)
                    .Replace(" : Object", "", StringComparison.Ordinal);
                return Block(head, lines.Skip(1));
            });
    }

    private static string Render(Type type) =>
        type switch
        {
            { IsEnum: true } => Block(
                $"enum {type.Name} : {Keywords[type.GetEnumUnderlyingType().Name]}",
                type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"{f.Name} = {(int)f.GetRawConstantValue()!}")),
            { IsInterface: true } => Block(
                $"interface {type.Name}{Bases(type)}",
                type.GetProperties().Select(RenderProperty).Concat(type.GetMethods().Where(m => !m.IsSpecialName).Select(RenderMethod))),
            _ => Block($"class {type.Name}", type.GetProperties().Select(p => $"{NameOf(p.PropertyType)} {p.Name}")),
        };

    private static string Block(string head, IEnumerable<string> members) =>
        string.Join('\n', members.Order(StringComparer.Ordinal).Prepend(head));

    private static string Bases(Type type) =>
        type.GetInterfaces() is { Length: > 0 } bases ? " : " + string.Join(", ", bases.Select(b => b.Name).Order(StringComparer.Ordinal)) : "";

    private static string RenderProperty(PropertyInfo property) =>
        $"{NameOf(property.PropertyType)} {property.Name} {{ get; {(property.CanWrite ? "set; " : "")}}}";

    private static string RenderMethod(MethodInfo method) =>
        $"{NameOf(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(p => $"{NameOf(p.ParameterType)} {p.Name}"))})";

    private static string NameOf(Type type) =>
        type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : Keywords.GetValueOrDefault(type.Name, type.Name);
}
