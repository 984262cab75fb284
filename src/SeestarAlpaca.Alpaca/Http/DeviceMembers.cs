using System.Collections.Frozen;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>The table of a device type's members, being made: each is declared once, with its name in addresses, types and meaning.</summary>
internal sealed class DeviceMembers<TDriver>
{
    private readonly Dictionary<string, Member<TDriver>> _members = new(StringComparer.Ordinal);

    /// <summary>The finished table; names are found in their exact case only.</summary>
    public FrozenDictionary<string, Member<TDriver>> Freeze() => _members.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A value that can be read.</summary>
    public void Get<T>(string name, WireType<T> type, Func<TDriver, T> read, short since = 1) =>
        AddGet(name, new Operation<TDriver>(_ => new DriverCall<TDriver>(driver => Value(type, read(driver))), OnError(type), since));

    /// <summary>A value that can be read and set.</summary>
    public void Property<T>(string name, Parameter<T> parameter, Func<TDriver, T> read, Action<TDriver, T> write)
    {
        Get(name, parameter.Type, read);
        Method(name, parameter, write);
    }

    /// <summary>A method without parameters.</summary>
    public void Method(string name, Action<TDriver> call) => AddPut(name, _ => Call(call));

    /// <summary>A method or a setter.</summary>
    public void Method<T>(string name, Parameter<T> parameter, Action<TDriver, T> call) =>
        AddPut(name, parameters =>
        {
            var value = parameters.Read(parameter);
            return Call(driver => call(driver, value));
        });

    /// <summary>A method with two parameters.</summary>
    public void Method<T1, T2>(string name, Parameter<T1> first, Parameter<T2> second, Action<TDriver, T1, T2> call) =>
        AddPut(name, parameters =>
        {
            var (value1, value2) = (parameters.Read(first), parameters.Read(second));
            return Call(driver => call(driver, value1, value2));
        });

    /// <summary>A method with two parameters and a result.</summary>
    public void Function<T1, T2, TResult>(
        string name, Parameter<T1> first, Parameter<T2> second, WireType<TResult> type, Func<TDriver, T1, T2, TResult> call) =>
        AddPut(
            name,
            parameters =>
            {
                var (value1, value2) = (parameters.Read(first), parameters.Read(second));
                return new DriverCall<TDriver>(driver => Value(type, call(driver, value1, value2)));
            },
            OnError(type));

    /// <summary>An image.</summary>
    public void Image(string name, Func<TDriver, AlpacaImage> open) =>
        AddGet(
            name,
            new Operation<TDriver>(
                _ => new DriverCall<TDriver>(driver => new ImageResult(open(driver))),
                json =>
                {
                    json.WriteNumber("Type"u8, 0);
                    json.WriteNumber("Rank"u8, 0);
                    json.WriteNull("Value"u8);
                },
                Since: 1));

    /// <summary>A way of connecting or disconnecting.</summary>
    public void Connection(string name, Func<AlpacaParameters, ConnectionCall<TDriver>> bind, short since = 1) => AddPut(name, bind, since: since);

    private static DriverCall<TDriver> Call(Action<TDriver> call) =>
        new(driver =>
        {
            call(driver);
            return DeviceResult.Nothing;
        });

    private static JsonResult Value<T>(WireType<T> type, T value) =>
        new(json =>
        {
            json.WritePropertyName("Value"u8);
            type.Write(json, value);
        });

    private static JsonValue? OnError<T>(WireType<T> type) => Value(type, type.OnError).Value;

    private void AddGet(string name, Operation<TDriver> operation) =>
        _members[name] = _members.TryGetValue(name, out var known) ? known with { Get = operation } : new Member<TDriver>(operation, null);

    private void AddPut(string name, Func<AlpacaParameters, DeviceCall<TDriver>> bind, JsonValue? onError = null, short since = 1)
    {
        var operation = new Operation<TDriver>(bind, onError, since);
        _members[name] = _members.TryGetValue(name, out var known) ? known with { Put = operation } : new Member<TDriver>(null, operation);
    }
}
