using System.Globalization;
using System.Text.Json;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>How one type of values is read from a parameter and written as JSON.</summary>
/// <param name="Described">What a parameter has to look like, to complete "must be …".</param>
/// <param name="OnError">What stands for the value in the reply of a call that failed: clients parse it even then.</param>
/// <param name="Parse">Null for types that are never parameters.</param>
internal sealed record WireType<T>(string Described, T OnError, Parse<T>? Parse, Action<Utf8JsonWriter, T> Write);

/// <summary>Reads a parameter; false when the text is none of the type.</summary>
internal delegate bool Parse<T>(string text, out T value);

/// <summary>A named parameter of a PUT; the case of the name counts.</summary>
internal readonly record struct Parameter<T>(string Name, WireType<T> Type);

/// <summary>The types of the Alpaca API (alpaca-camera.md §1.2, §1.4).</summary>
internal static class WireTypes
{
    public static readonly WireType<bool> Bool = new(
        "true or false",
        OnError: false,
        bool.TryParse,
        (json, value) => json.WriteBooleanValue(value));

    public static readonly WireType<short> Short = new(
        "a whole number from -32768 to 32767",
        OnError: 0,
        (text, out value) => short.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
        (json, value) => json.WriteNumberValue(value));

    public static readonly WireType<int> Int = new(
        "a whole number from -2147483648 to 2147483647",
        OnError: 0,
        (text, out value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
        (json, value) => json.WriteNumberValue(value));

    /// <summary>NaN and infinity are no numbers in JSON: refused as parameters; as results they are a device's fault and throw.</summary>
    public static readonly WireType<double> Real = new(
        "a finite number such as 2.5",
        OnError: 0,
        (text, out value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value),
        (json, value) => json.WriteNumberValue(value));

    public static readonly WireType<string> Text = new(
        "a text",
        OnError: "",
        (text, out value) =>
        {
            value = text;
            return true;
        },
        (json, value) => json.WriteStringValue(value ?? ""));

    public static readonly WireType<IList<string>> Texts = new("", OnError: [], Parse: null, WriteStrings);

    public static readonly WireType<List<StateValue>> States = new("", OnError: [], Parse: null, WriteStates);

    /// <summary>The parameter of this type and name.</summary>
    public static Parameter<T> Named<T>(this WireType<T> type, string name) => new(name, type);

    private static void WriteStrings(Utf8JsonWriter json, IList<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values ?? [])
        {
            json.WriteStringValue(value ?? "");
        }

        json.WriteEndArray();
    }

    private static void WriteStates(Utf8JsonWriter json, List<StateValue> states)
    {
        json.WriteStartArray();
        foreach (var state in states ?? [])
        {
            // A null makes ASCOM's client fail on the whole list; what is unknown is left out.
            if (state?.Value is not null)
            {
                json.WriteStartObject();
                json.WriteString("Name"u8, state.Name);
                json.WritePropertyName("Value"u8);
                WriteState(json, state);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter json, StateValue state)
    {
        switch (state.Value)
        {
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case string value:
                json.WriteStringValue(value);
                break;
            case DateTime value:
                json.WriteStringValue(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case double value:
                json.WriteNumberValue(value);
                break;
            case float value:
                json.WriteNumberValue(value);
                break;
            case Enum or byte or short or int:
                json.WriteNumberValue(Convert.ToInt32(state.Value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"The value {state.Name} of DeviceState is a {state.Value.GetType().Name}, which Alpaca has no form for.");
        }
    }
}
