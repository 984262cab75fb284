using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SeestarAlpaca.Simulator.Wire;

/// <summary>Prints JSON as telescopes do: no spaces, floats in single precision with six decimals (<c>seestar-protocol.md</c> §3.1).</summary>
internal static class WireText
{
    /// <summary>The object as one line with CRLF, in UTF-8.</summary>
    public static byte[] Line(WireObject value) => Encoding.UTF8.GetBytes(Print(value) + "\r\n");

    /// <summary>The object as text.</summary>
    public static string Print(WireObject value)
    {
        var text = new StringBuilder(256);
        Append(text, value);
        return text.ToString();
    }

    /// <summary>A number as telescopes print it.</summary>
    public static string Print(double value) => ((float)value).ToString("F6", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string words:
                AppendString(text, words);
                break;
            case double or float:
                text.Append(Print(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
                break;
            case SixDigits number:
                text.Append(number.Value.ToString("G6", CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                text.Append(element.GetRawText());
                break;
            case WireObject members:
                AppendObject(text, members);
                break;
            case IEnumerable items:
                AppendList(text, items);
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, WireObject members)
    {
        var separator = '{';
        foreach (var (key, value) in members)
        {
            AppendString(text.Append(separator), key);
            Append(text.Append(':'), value);
            separator = ',';
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void AppendList(StringBuilder text, IEnumerable items)
    {
        var separator = '[';
        foreach (var item in items)
        {
            Append(text.Append(separator), item);
            separator = ',';
        }

        text.Append(separator == '[' ? "[]" : "]");
    }

    private static void AppendString(StringBuilder text, string words) =>
        text.Append('"').Append(JsonEncodedText.Encode(words, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)).Append('"');
}
