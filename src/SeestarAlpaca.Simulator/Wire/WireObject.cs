using System.Text.Json;

namespace SeestarAlpaca.Simulator.Wire;

/// <summary>
/// A JSON object whose members keep their order. Values are null, bool, string, integers, floating-point numbers (printed with six
/// decimals), <see cref="SixDigits"/>, <see cref="JsonElement"/>, further objects, and lists of these.
/// </summary>
internal sealed class WireObject : OrderedDictionary<string, object?>
{
    /// <summary>The object within this one; made if there is none.</summary>
    public WireObject Child(string key)
    {
        if (TryGetValue(key, out var value) && value is WireObject child)
        {
            return child;
        }

        child = [];
        this[key] = child;
        return child;
    }

    /// <summary>A value of the type asked for, or the fallback.</summary>
    public T Get<T>(string key, T fallback) => TryGetValue(key, out var value) && value is T wanted ? wanted : fallback;

    /// <summary>Adds or replaces members.</summary>
    public WireObject With(IEnumerable<KeyValuePair<string, object?>> members)
    {
        foreach (var (key, value) in members)
        {
            this[key] = value;
        }

        return this;
    }

    /// <summary>A copy, down to the objects within, that shares nothing that changes.</summary>
    public WireObject Copy()
    {
        var copy = new WireObject();
        foreach (var (key, value) in this)
        {
            copy[key] = value is WireObject inner ? inner.Copy() : value;
        }

        return copy;
    }

    /// <summary>Applies a merge patch (RFC 7396): null removes a member, an object is applied within, anything else replaces.</summary>
    public void Patch(WireObject patch)
    {
        foreach (var (key, value) in patch)
        {
            switch (value)
            {
                case null:
                    Remove(key);
                    break;
                case WireObject inner:
                    Child(key).Patch(inner);
                    break;
                default:
                    this[key] = value;
                    break;
            }
        }
    }

    /// <summary>Reads a JSON object; numbers with a decimal point stay floating-point numbers.</summary>
    public static WireObject Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return (WireObject)Of(document.RootElement)!;
    }

    /// <summary>The value of a JSON element.</summary>
    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (object)new WireObject().With(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(p.Value)))),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.GetRawText().AsSpan().IndexOfAny(".eE") < 0 && element.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}

/// <summary>A number printed with up to six significant digits, as within annotations.</summary>
internal readonly record struct SixDigits(double Value);
