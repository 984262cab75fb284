namespace SeestarAlpaca.Conformance.ImageBytes;

/// <summary>Recognises a big bright upright letter F on dark ground, and which way a picture of it was turned.</summary>
internal static class LetterF
{
    /// <summary>Places inside the letter's box, and whether there is ink.</summary>
    private static readonly (double X, double Y, bool Ink)[] Probes =
    [
        (0.1, 0.05, true), (0.9, 0.07, true), (0.1, 0.5, true), (0.1, 0.95, true), (0.6, 0.48, true),
        (0.9, 0.48, false), (0.6, 0.28, false), (0.6, 0.8, false), (0.9, 0.95, false),
    ];

    private static readonly (string Name, bool Transposed, bool MirroredX, bool MirroredY)[] Turns =
    [
        ("upright", false, false, false), ("mirrored left to right", false, true, false), ("upside down", false, false, true), ("turned by 180°", false, true, true),
        ("transposed", true, false, false), ("turned by 90°", true, true, false), ("turned by 270°", true, false, true), ("transposed and turned by 180°", true, true, true),
    ];

    /// <summary>What is seen: "upright", how it is turned, or that there is no letter F.</summary>
    public static string Describe(Picture picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        if (width < 5 || height < 5)
        {
            return "too small to show anything";
        }

        var ink = Ink(picture);
        var (left, top, right, bottom) = (width, height, -1, -1);
        for (var i = 0; i < ink.Length; i++)
        {
            if (ink[i])
            {
                (left, right) = (Math.Min(left, i / height), Math.Max(right, i / height));
                (top, bottom) = (Math.Min(top, i % height), Math.Max(bottom, i % height));
            }
        }

        if (right < 0)
        {
            return "without anything bright";
        }

        var turn = Turns.FirstOrDefault(turn => Probes.All(probe => IsInk(turn, probe) == probe.Ink));
        return turn.Name ?? "without a letter F";

        bool IsInk((string Name, bool Transposed, bool MirroredX, bool MirroredY) turn, (double X, double Y, bool Ink) probe)
        {
            var (u, v) = turn.Transposed ? (probe.Y, probe.X) : (probe.X, probe.Y);
            u = turn.MirroredX ? 1 - u : u;
            v = turn.MirroredY ? 1 - v : v;
            return ink[((left + (int)Math.Round(u * (right - left))) * height) + top + (int)Math.Round(v * (bottom - top))];
        }
    }

    /// <summary>Pixels most of whose neighbours are bright: single hot pixels are not ink.</summary>
    private static bool[] Ink(Picture picture)
    {
        var values = new int[picture.Width * picture.Height];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = picture[i / picture.Height, i % picture.Height];
        }

        var sorted = values.Order().ToArray();
        var threshold = (sorted[0] + sorted[sorted.Length * 99 / 100]) / 2;
        var ink = new bool[values.Length];
        for (var x = 1; x < picture.Width - 1; x++)
        {
            for (var y = 1; y < picture.Height - 1; y++)
            {
                var bright = 0;
                for (var near = 0; near < 9; near++)
                {
                    bright += values[((x + (near / 3) - 1) * picture.Height) + y + (near % 3) - 1] > threshold ? 1 : 0;
                }

                ink[(x * picture.Height) + y] = bright > 5;
            }
        }

        return ink;
    }
}
