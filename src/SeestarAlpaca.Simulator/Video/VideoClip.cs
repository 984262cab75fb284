namespace SeestarAlpaca.Simulator.Video;

/// <summary>One coded picture.</summary>
/// <param name="IsKey">Whether decoding can begin here.</param>
/// <param name="Units">Its NAL units; those of a key frame begin with both parameter sets.</param>
internal sealed record AccessUnit(bool IsKey, IReadOnlyList<ReadOnlyMemory<byte>> Units);

/// <summary>The loop: <see cref="VideoFormat.Frames"/> coded pictures. Immutable.</summary>
internal sealed class VideoClip
{
    /// <summary>The longest clip accepted, in bytes.</summary>
    public const int MaxLength = 64 << 20;

    private const int HighProfile = 100;

    private VideoClip(ReadOnlyMemory<byte> sequenceParameters, ReadOnlyMemory<byte> pictureParameters, IReadOnlyList<AccessUnit> pictures) =>
        (SequenceParameters, PictureParameters, Pictures) = (sequenceParameters, pictureParameters, pictures);

    /// <summary>The sequence parameter set (SPS).</summary>
    public ReadOnlyMemory<byte> SequenceParameters { get; }

    /// <summary>The picture parameter set (PPS).</summary>
    public ReadOnlyMemory<byte> PictureParameters { get; }

    /// <summary>The pictures in the order of the loop.</summary>
    public IReadOnlyList<AccessUnit> Pictures { get; }

    /// <summary>Reads an H.264 byte stream. Only slices and parameter sets are kept.</summary>
    /// <exception cref="InvalidDataException">It is not such a loop; the message says why.</exception>
    public static VideoClip Parse(ReadOnlyMemory<byte> stream)
    {
        Require(stream.Length <= MaxLength, $"A clip has at most {MaxLength} bytes, not {stream.Length}.");
        var units = NalUnits.Split(stream);
        var sequenceParameters = units.Find(unit => NalUnits.Type(unit) == NalType.SequenceParameters);
        var pictureParameters = units.Find(unit => NalUnits.Type(unit) == NalType.PictureParameters);
        Require(sequenceParameters.Length >= 4 && !pictureParameters.IsEmpty, "The clip has no parameter sets.");
        Require(sequenceParameters.Span[1] == HighProfile, $"The clip has profile {sequenceParameters.Span[1]}, not {HighProfile} (High).");

        var pictures = new List<List<ReadOnlyMemory<byte>>>();
        foreach (var unit in units.Where(unit => NalUnits.Type(unit) is NalType.Slice or NalType.KeySlice))
        {
            if (NalUnits.IsFirstSlice(unit))
            {
                pictures.Add(NalUnits.Type(unit) == NalType.KeySlice ? [sequenceParameters, pictureParameters, unit] : [unit]);
            }
            else
            {
                Require(pictures.Count > 0, "The clip begins within a picture.");
                pictures[^1].Add(unit);
            }
        }

        Require(pictures.Count == VideoFormat.Frames, $"The clip has {pictures.Count} pictures, not {VideoFormat.Frames}.");
        var clip = new VideoClip(
            sequenceParameters, pictureParameters, [.. pictures.Select(picture => new AccessUnit(NalUnits.Type(picture[^1]) == NalType.KeySlice, picture))]);
        Require(
            clip.Pictures.Index().All(picture => picture.Item.IsKey == (picture.Index % VideoFormat.KeyFrameInterval == 0)),
            $"Each {VideoFormat.KeyFrameInterval}th picture, and no other, is a key frame.");
        return clip;
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new InvalidDataException(sentence);
        }
    }
}
