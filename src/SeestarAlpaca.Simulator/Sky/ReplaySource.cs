using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Subs read from FITS files in the order of their names, served as they are.</summary>
internal sealed class ReplaySource : ISubSource
{
    private static readonly string[] Endings = [".fit", ".fits", ".fit.gz", ".fits.gz"];

    private readonly string[] _files;

    private ReplaySource(string[] files, bool align, PictureSize size, SkyTarget? target) =>
        (_files, IsRegisteredOnStars, Size, Target) = (files, align, size, target);

    /// <inheritdoc/>
    public PictureSize Size { get; }

    /// <summary>What the first file's header says that it shows; null when it says nothing.</summary>
    public SkyTarget? Target { get; }

    /// <inheritdoc/>
    public int? Count => _files.Length;

    /// <inheritdoc/>
    public bool IsRegisteredOnStars { get; }

    /// <summary>Finds the files of a folder and reads the first for the size.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="align">Whether a stack registers the subs on their stars, or takes them as they are.</param>
    /// <exception cref="ArgumentException">The folder holds no raw FITS sub.</exception>
    public static ReplaySource Open(string folder, bool align)
    {
        var files = Directory.EnumerateFiles(folder)
            .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0)
        {
            throw new ArgumentException($"There is no FITS sub in {folder}; it should hold files that end in {string.Join(", ", Endings)}.", nameof(folder));
        }

        using var first = Read(files[0]);
        return new ReplaySource(files, align, new PictureSize(first.Image.Width, first.Image.Height), TargetOf(first.Header));
    }

    /// <inheritdoc/>
    public BayerImage Expose(SubRequest request)
    {
        var file = _files[request.Index % _files.Length];
        var sub = (BayerImage)Read(file).Image;
        return sub.Width == Size.Width && sub.Height == Size.Height
            ? sub
            : throw new InvalidDataException($"{file} has {sub.Width} × {sub.Height} pixels; the first sub of its folder has {Size.Width} × {Size.Height}.");
    }

    /// <inheritdoc/>
    public Drift DriftOf(SubRequest request) => default;

    private static FitsImage Read(string file)
    {
        using var stream = File.OpenRead(file);
        var sub = FitsReader.Read(stream);
        return sub.Image is BayerImage ? sub : throw new InvalidDataException($"{file} is no raw sub: its header names no colour filter pattern (BAYERPAT).");
    }

    private static SkyTarget? TargetOf(FitsHeader header) =>
        header.GetString("OBJECT") is { Length: > 0 } name && header.GetDouble("RA") is { } degrees && header.GetDouble("DEC") is { } declination
            ? new SkyTarget(name, degrees / 15, declination)
            : null;
}
