namespace SeestarAlpaca.Simulator.Video;

/// <summary>What a video shows: a picture for each moment of the loop, such that its end goes over into its beginning.</summary>
internal abstract class Scene
{
    private const double Turn = 2 * Math.PI;

    private static readonly Scene[] All = [new Scenery("scenery", zoom: 1), new Scenery("wide-scenery", zoom: 0.35), new Disc("disc")];

    private readonly Lazy<Canvas> _background;

    private Scene(string name)
    {
        Name = name;
        _background = new Lazy<Canvas>(() =>
        {
            var canvas = new Canvas();
            Prepare(canvas);
            return canvas;
        });
    }

    /// <summary>The telephoto camera's landscape.</summary>
    public static Scene Telephoto => All[0];

    /// <summary>The same landscape in the wide camera: everything is smaller.</summary>
    public static Scene Wide => All[1];

    /// <summary>The Sun, the Moon or a planet: a disc that wobbles in the air.</summary>
    public static Scene SolarSystem => All[2];

    /// <summary>A name for files.</summary>
    public string Name { get; }

    /// <summary>Draws one picture of the loop. A scene may draw on several threads; a canvas belongs to one.</summary>
    /// <param name="canvas">Where to; what it held is overwritten.</param>
    /// <param name="picture">0 to <see cref="VideoFormat.Frames"/> - 1.</param>
    public void Draw(Canvas canvas, int picture)
    {
        canvas.CopyFrom(_background.Value);
        Move(canvas, picture / (double)VideoFormat.Frames);
        canvas.Stamp(VideoFormat.Milliseconds(picture));
    }

    /// <summary>Draws what stands still.</summary>
    protected abstract void Prepare(Canvas canvas);

    /// <summary>Draws what moves.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="phase">How much of the loop has passed: 0 to below 1.</param>
    protected abstract void Move(Canvas canvas, double phase);

    /// <summary>A sky that grows paler towards a ridge line; clouds and a balloon drift across it.</summary>
    private sealed class Scenery(string name, double zoom) : Scene(name)
    {
        private const int Horizon = 1250;

        private static readonly Colour Ridge = Colour.OfRgb(0.16, 0.22, 0.20);
        private static readonly Colour Cloud = Colour.OfRgb(0.93, 0.94, 0.96);
        private static readonly Colour Balloon = Colour.OfRgb(0.80, 0.20, 0.12);
        private static readonly Colour Basket = Colour.OfRgb(0.25, 0.16, 0.10);

        protected override void Prepare(Canvas canvas)
        {
            for (var y = 0; y < VideoFormat.Height; y++)
            {
                var pale = Math.Min(1, y / (double)Horizon);
                canvas.Fill(y, 0, VideoFormat.Width, Colour.OfRgb(0.20 + (0.55 * pale), 0.42 + (0.36 * pale), 0.72 + (0.14 * pale)));
            }

            for (var x = 0; x < VideoFormat.Width; x += 2)
            {
                var angle = x * Turn / VideoFormat.Width / zoom;
                var top = Horizon + (int)(zoom * ((120 * Math.Sin(angle)) + (45 * Math.Sin((2.7 * angle) + 1)) + (18 * Math.Sin((7.1 * angle) + 2))));
                for (var y = top; y < VideoFormat.Height; y++)
                {
                    canvas.Fill(y, x, x + 2, Ridge);
                }
            }
        }

        protected override void Move(Canvas canvas, double phase)
        {
            foreach (var (start, height, size) in new[] { (0.1, 300, 1.0), (0.55, 480, 0.7), (0.85, 210, 0.5) })
            {
                var x = Drift(start + phase, 220 * size * zoom);
                canvas.Ellipse(x, height, 200 * size * zoom, 50 * size * zoom, Cloud);
                canvas.Ellipse(x - (50 * size * zoom), height - (35 * size * zoom), 90 * size * zoom, 55 * size * zoom, Cloud);
            }

            var (balloonX, balloonY) = (Drift(0.3 + phase, 120 * zoom), 780 + (60 * zoom * Math.Sin(Turn * phase)));
            canvas.Ellipse(balloonX, balloonY, 110 * zoom, 130 * zoom, Balloon);
            canvas.Ellipse(balloonX, balloonY + (170 * zoom), 24 * zoom, 20 * zoom, Basket);
        }

        /// <summary>From one side of the picture to the other, and out of it at both.</summary>
        private static double Drift(double phase, double margin) => ((phase % 1) * (VideoFormat.Width + (2 * margin))) - margin;
    }

    /// <summary>A disc, darker towards its limb, with two spots.</summary>
    private sealed class Disc(string name) : Scene(name)
    {
        private const int Radius = 400;
        private const int Rings = 16;

        protected override void Prepare(Canvas canvas)
        {
            for (var y = 0; y < VideoFormat.Height; y++)
            {
                canvas.Fill(y, 0, VideoFormat.Width, Colour.OfRgb(0.02, 0.02, 0.02));
            }
        }

        protected override void Move(Canvas canvas, double phase)
        {
            var x = (VideoFormat.Width / 2) + (8 * Math.Sin(Turn * 3 * phase));
            var y = (VideoFormat.Height / 2) + (6 * Math.Sin(Turn * 5 * phase));
            for (var ring = 0; ring < Rings; ring++)
            {
                var radius = Radius * Math.Sqrt(1 - (ring / (double)Rings));
                var light = 0.55 + (0.4 * Math.Sqrt(ring / (double)Rings));
                canvas.Ellipse(x, y, radius, radius, Colour.OfRgb(light, 0.82 * light, 0.35 * light));
            }

            canvas.Ellipse(x + 120, y - 90, 22, 18, Colour.OfRgb(0.25, 0.18, 0.06));
            canvas.Ellipse(x - 160, y + 70, 14, 12, Colour.OfRgb(0.25, 0.18, 0.06));
        }
    }
}
