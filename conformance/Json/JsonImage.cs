using System.Text.Json;
using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Json;

/// <summary>Reads an ImageArray in JSON (alpaca-camera.md §4.4): <c>Value[x][y]</c> or <c>Value[x][y][plane]</c>.</summary>
internal static class JsonImage
{
    /// <summary>Reads a body whose envelope says success.</summary>
    /// <param name="body">The whole reply.</param>
    /// <param name="maxElements">Elements that the image may have.</param>
    public static ImageReading Read(ReadOnlySpan<byte> body, int maxElements)
    {
        var problems = new List<Problem>();
        try
        {
            return Read(body, maxElements, problems);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or InvalidDataException)
        {
            return new ImageReading(null, $"the image is no rectangular array of whole numbers: {exception.Message}", problems);
        }
    }

    /// <summary>The body with an empty array in place of the pixels, so that the envelope can be read without them; the body itself when it is not JSON.</summary>
    public static byte[] WithoutPixels(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isValue = reader.ValueTextEquals("Value");
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isValue)
                {
                    return [.. body.AsSpan(0, start), .. "[]"u8, .. body.AsSpan((int)reader.BytesConsumed)];
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whoever reads the body next says what is wrong with it.
        }

        return body;
    }

    private static ImageReading Read(ReadOnlySpan<byte> body, int maxElements, List<Problem> problems)
    {
        var reader = new Utf8JsonReader(body);
        (int? Type, int? Rank, Picture? Picture) found = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            reader.Read();
            switch (key)
            {
                case "Type":
                    found.Type = reader.GetInt32();
                    break;
                case "Rank":
                    found.Rank = reader.GetInt32();
                    break;
                case "Value":
                    if (found.Type is null || found.Rank is null)
                    {
                        problems.Add(Problem.Stricter("Type and Rank come after Value; clients look for them at the start"));
                    }

                    found.Picture = Elements(ref reader, maxElements);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (found.Type != 2)
        {
            problems.Add(Problem.Issue($"Type is {found.Type?.ToString() ?? "missing"}; it must be 2 (Int32)"));
        }

        if (found.Picture is null || found.Rank != found.Picture.Rank)
        {
            problems.Add(Problem.Issue($"Rank is {found.Rank?.ToString() ?? "missing"}, the array has {found.Picture?.Rank.ToString() ?? "no"} dimensions"));
        }

        return new ImageReading(found.Picture, found.Picture is null ? "there is no Value" : null, problems);
    }

    private static Picture Elements(ref Utf8JsonReader reader, int maxElements)
    {
        var lengths = new int[3];
        var (values, counts) = (new List<int>(), new int[3]);
        var (depth, rank) = (0, 0);
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when depth < 3:
                    counts[depth++] = 0;
                    break;
                case JsonTokenType.EndArray:
                    Close(--depth, lengths, counts);
                    break;
                case JsonTokenType.Number when depth >= 2 && (rank == 0 || rank == depth):
                    rank = depth;
                    counts[depth - 1]++;
                    values.Add(reader.GetInt32());
                    break;
                default:
                    throw new InvalidDataException($"a {reader.TokenType} at depth {depth}");
            }

            if (values.Count > maxElements)
            {
                throw new InvalidDataException($"more than {maxElements} elements");
            }
        }
        while (depth > 0 && reader.Read());

        return new Picture(rank, lengths[0], lengths[1], rank == 3 ? lengths[2] : 1, [.. values]);
    }

    private static void Close(int depth, int[] lengths, int[] counts)
    {
        if (lengths[depth] != 0 && lengths[depth] != counts[depth])
        {
            throw new InvalidDataException($"rows of {lengths[depth]} and of {counts[depth]} elements");
        }

        lengths[depth] = counts[depth];
        if (depth > 0)
        {
            counts[depth - 1]++;
        }
    }
}
