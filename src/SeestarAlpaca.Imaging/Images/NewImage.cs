namespace SeestarAlpaca.Imaging.Images;

/// <summary>Makes pictures of the same type as others, so that geometry is written once for all types.</summary>
internal static class NewImage
{
    /// <summary>A picture with undefined samples.</summary>
    /// <param name="image">Whose type it gets.</param>
    /// <param name="width">Columns of the new picture.</param>
    /// <param name="height">Rows of the new picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <param name="x">Column of <paramref name="image"/> that becomes the first; decides the Bayer phase.</param>
    /// <param name="y">Row of <paramref name="image"/> that becomes the first; decides the Bayer phase.</param>
    public static T Like<T>(T image, int width, int height, PixelPool? pool, int x = 0, int y = 0)
        where T : Image16
    {
        Image16 made = image switch
        {
            BayerImage bayer => new BayerImage(width, height, bayer.Phase.At(x, y), pool),
            RgbImage => new RgbImage(width, height, pool),
            _ => new MonoImage(width, height, pool),
        };
        return (T)made;
    }
}
