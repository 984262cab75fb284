namespace SeestarAlpaca.Simulator.Video;

/// <summary>The types of NAL units that the video has (ITU-T H.264 table 7-1).</summary>
internal enum NalType
{
    /// <summary>A slice of a picture that refers to others.</summary>
    Slice = 1,

    /// <summary>A slice of a key frame.</summary>
    KeySlice = 5,

    /// <summary>Sequence parameter set.</summary>
    SequenceParameters = 7,

    /// <summary>Picture parameter set.</summary>
    PictureParameters = 8,
}

/// <summary>Takes an H.264 byte stream (ITU-T H.264 annex B) apart. Pure.</summary>
internal static class NalUnits
{
    /// <summary>The largest NAL unit accepted, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    /// <summary>The NAL units between start codes, without them and without the zeros that may follow a unit.</summary>
    /// <exception cref="InvalidDataException">The bytes do not begin with a start code, or a unit is empty or too long.</exception>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> stream)
    {
        var first = stream.Span.IndexOf(StartCode);
        if (first < 0 || stream.Span[..first].ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException("An H.264 byte stream begins with a start code, 0 0 1.");
        }

        var units = new List<ReadOnlyMemory<byte>>();
        var rest = stream[(first + StartCode.Length)..];
        while (true)
        {
            var next = rest.Span.IndexOf(StartCode);
            var unit = rest[..(next < 0 ? rest.Length : next)];
            unit = unit[..unit.Span.TrimEnd((byte)0).Length];
            if (unit.Length is 0 or > MaxLength)
            {
                throw new InvalidDataException($"A NAL unit has {unit.Length} bytes; 1 to {MaxLength} are accepted.");
            }

            units.Add(unit);
            if (next < 0)
            {
                return units;
            }

            rest = rest[(next + StartCode.Length)..];
        }
    }

    /// <summary>What a unit is.</summary>
    public static NalType Type(ReadOnlyMemory<byte> unit) => (NalType)(unit.Span[0] & 0x1F);

    /// <summary>Whether a slice is the first of its picture: the number of its first macroblock, an Exp-Golomb code, is 0.</summary>
    public static bool IsFirstSlice(ReadOnlyMemory<byte> unit) => unit.Length > 1 && (unit.Span[1] & 0x80) != 0;
}
