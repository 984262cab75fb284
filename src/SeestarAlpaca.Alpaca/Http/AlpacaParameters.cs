using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>
/// The parameters of a request: of the query string for GET, where the case of names does not matter, of the form in the body for PUT,
/// where it does (alpaca-camera.md §1.2).
/// </summary>
internal sealed class AlpacaParameters
{
    /// <summary>Bytes that the body of a PUT may have.</summary>
    public const int MaxBodyLength = 64 << 10;

    private const string FormType = "application/x-www-form-urlencoded";

    private readonly List<(string Name, string Value)> _all = [];
    private readonly StringComparison _case;

    private AlpacaParameters(string encoded, StringComparison nameCase)
    {
        _case = nameCase;
        foreach (var pair in new QueryStringEnumerable(encoded))
        {
            _all.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }
    }

    /// <summary>Reads the parameters of a request.</summary>
    /// <exception cref="RequestRefusedException">The body is too long.</exception>
    public static async ValueTask<AlpacaParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        HttpMethods.IsPut(request.Method)
            ? OfForm(IsForm(request) ? await ReadBodyAsync(request, cancellationToken) : "")
            : OfQuery(request.QueryString.Value ?? "");

    /// <param name="query">With or without its question mark.</param>
    public static AlpacaParameters OfQuery(string query) => new(query, StringComparison.OrdinalIgnoreCase);

    public static AlpacaParameters OfForm(string form) => new(form, StringComparison.Ordinal);

    /// <summary>The value of a parameter, the first one if it came twice; null when absent.</summary>
    public string? Find(string name)
    {
        foreach (var (known, value) in _all)
        {
            if (string.Equals(known, name, _case))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The value of a parameter that must be there.</summary>
    /// <exception cref="RequestRefusedException">It is absent, or its text is none of the type.</exception>
    public T Read<T>(Parameter<T> parameter)
    {
        if (Find(parameter.Name) is not { } text)
        {
            var otherCase = _all.Find(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)).Name;
            throw RequestRefusedException.BadRequest(
                $"The parameter {parameter.Name} is missing in the body of the request ({FormType}); it must be {parameter.Type.Described}."
                + (otherCase is null ? "" : $" There is {RequestRefusedException.Quoted(otherCase)}, but the case of names counts."));
        }

        return parameter.Type.Parse!(text, out var value)
            ? value
            : throw RequestRefusedException.BadRequest(
                $"{parameter.Name} must be {parameter.Type.Described}; it was {RequestRefusedException.Quoted(text)}.");
    }

    /// <summary>A client's number: 0 when absent.</summary>
    /// <exception cref="RequestRefusedException">It is no unsigned 32 bit number.</exception>
    public uint ReadId(string name)
    {
        if (Find(name) is not { } text)
        {
            return 0;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw RequestRefusedException.BadRequest(
                $"{name} must be a whole number from 0 to {uint.MaxValue}; it was {RequestRefusedException.Quoted(text)}.");
    }

    /// <summary>A body of another kind is not Alpaca and holds no parameters; one without a type is taken for a form.</summary>
    private static bool IsForm(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase));

    private static async Task<string> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        CheckLength(request.ContentLength ?? 0);
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(cancellationToken);
            CheckLength(result.Buffer.Length);

            if (result.IsCompleted)
            {
                var form = Encoding.UTF8.GetString(result.Buffer);
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return form;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static void CheckLength(long length)
    {
        if (length > MaxBodyLength)
        {
            throw new RequestRefusedException(StatusCodes.Status413PayloadTooLarge, $"The body of a request may have {MaxBodyLength} bytes.");
        }
    }
}
