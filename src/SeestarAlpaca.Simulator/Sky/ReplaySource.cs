using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Subs read from FITS files in the order of their names, served as they are and without alignment.</summary>
internal sealed class ReplaySource : ISubSource
{
    private static readonly string[] Endings = [".fit", ".fits", ".fit.gz", ".fits.gz"];

    private readonly string[] _files;

    private ReplaySource(string[] files, PictureSize size) => (_files, Size) = (files, size);

    /// <inheritdoc/>
    public PictureSize Size { get; }

    /// <inheritdoc/>
    public int? Count => _files.Length;

    /// <summary>Finds the files of a folder and reads the first for the size.</summary>
    /// <exception cref="ArgumentException">The folder holds no raw FITS sub.</exception>
    public static ReplaySource Open(string folder)
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
        return new ReplaySource(files, new PictureSize(first.Width, first.Height));
    }

    /// <inheritdoc/>
    public BayerImage Expose(SubRequest request)
    {
        var file = _files[request.Index % _files.Length];
        var sub = Read(file);
        return sub.Width == Size.Width && sub.Height == Size.Height
            ? sub
            : throw new InvalidDataException($"{file} has {sub.Width} × {sub.Height} pixels; the first sub of its folder has {Size.Width} × {Size.Height}.");
    }

    /// <inheritdoc/>
    public Drift DriftOf(SubRequest request) => default;

    private static BayerImage Read(string file)
    {
        using var stream = File.OpenRead(file);
        var image = FitsReader.Read(stream).Image;
        return image as BayerImage ?? throw new InvalidDataException($"{file} is no raw sub: its header names no colour filter pattern (BAYERPAT).");
    }
}
