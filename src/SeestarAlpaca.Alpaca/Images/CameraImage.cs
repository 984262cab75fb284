using System.Runtime.InteropServices;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>Opens the image of any camera: its own pixels if it is an <see cref="IImageSource"/>, else what its ImageArray yields.</summary>
internal static class CameraImage
{
    /// <exception cref="DriverException">The camera has no image.</exception>
    /// <exception cref="NotSupportedException">ImageArray is none of ASCOM's forms.</exception>
    public static AlpacaImage Open(ICameraV4 camera) =>
        camera is IImageSource source
            ? source.OpenImage()
            : camera.ImageArray switch
            {
                int[,] { Length: > 0 } plain => Copy(
                    plain.GetLength(0), plain.GetLength(1), 1, MemoryMarshal.CreateReadOnlySpan(ref plain[0, 0], plain.Length)),
                int[,,] { Length: > 0 } colour => Copy(
                    colour.GetLength(0),
                    colour.GetLength(1),
                    colour.GetLength(2),
                    MemoryMarshal.CreateReadOnlySpan(ref colour[0, 0, 0], colour.Length)),
                var other => throw new NotSupportedException(
                    $"The camera's ImageArray is {other?.GetType().Name ?? "null"}; it has to be a non-empty Int32[,] or Int32[,,]."),
            };

    private static AlpacaImage Copy(int width, int height, int planes, ReadOnlySpan<int> samples)
    {
        var narrow = GC.AllocateUninitializedArray<ushort>(samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i] is < 0 or > ushort.MaxValue)
            {
                return new AlpacaImage(width, height, planes, (ReadOnlyMemory<int>)samples.ToArray());
            }

            narrow[i] = (ushort)samples[i];
        }

        return new AlpacaImage(width, height, planes, narrow);
    }
}
