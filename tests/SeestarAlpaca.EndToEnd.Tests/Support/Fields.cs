using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>Tells fields of the sky apart by their brightest stars.</summary>
internal static class Fields
{
    /// <summary>Whether a picture of the RGB camera shows the same stars as a stack.</summary>
    public static bool ShowsSame(Picture picture, RgbImage stack)
    {
        var seen = Brightest(picture.Width * picture.Height, i => picture[i % picture.Width, i / picture.Width, 1]);
        var known = Brightest(stack.Width * stack.Height, i => stack.Samples[(3 * i) + 1]);
        return seen.Intersect(known).Count() > seen.Length / 3;
    }

    private static int[] Brightest(int pixels, Func<int, int> brightness) => [.. Enumerable.Range(0, pixels).OrderByDescending(brightness).Take(40)];
}
