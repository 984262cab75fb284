using System.Runtime.CompilerServices;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Stretch;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Live;

/// <summary>The small stretched pictures of the pages: made once for each stack, however many look.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class PagePictures(IPictureEncoder encoder)
{
    /// <summary>A picture for a page is at most so many pixels wide.</summary>
    private const int Width = 540;

    private readonly ConditionalWeakTable<Telescope, Newest> _newest = [];

    /// <summary>The encoded picture's media type.</summary>
    public string MediaType => encoder.MediaType;

    /// <summary>The picture of the newest stack; null before the first.</summary>
    public async Task<byte[]?> OfAsync(Telescope telescope)
    {
        var newest = _newest.GetOrCreateValue(telescope);
        Task<byte[]>? picture;
        lock (newest)
        {
            var sequence = telescope.Session.Frames.NewestDetails?.Sequence;
            if (sequence is not null && (newest.Picture is null or { IsFaulted: true } || newest.Sequence != sequence))
            {
                (newest.Sequence, newest.Picture) = (sequence.Value, Task.Run(() => Encode(telescope)));
            }

            picture = sequence is null ? null : newest.Picture;
        }

        return picture is null ? null : await picture;
    }

    private byte[] Encode(Telescope telescope)
    {
        using var stack = telescope.Session.Frames.LeaseStack() ?? throw new InvalidOperationException("The stack has gone meanwhile.");
        var reduction = Math.Clamp((stack.Image.Width + Width - 1) / Width, 1, Math.Min(Binning.MaxFactor, stack.Image.Height));
        using var file = new MemoryStream();
        encoder.Encode(AutoStretch.To8Bit(stack.Image, reduction), file);
        return file.ToArray();
    }

    private sealed class Newest
    {
        public long Sequence { get; set; }

        public Task<byte[]>? Picture { get; set; }
    }
}
