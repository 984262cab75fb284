using System.Globalization;
using System.Text;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>Lines over one axis as an SVG picture.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Across">The horizontal axis and its unit.</param>
/// <param name="Up">The vertical axis and its unit; it begins at 0.</param>
internal sealed record LineChart(string Title, string Across, string Up)
{
    private const int Width = 720;
    private const int Height = 360;
    private const int Left = 70;
    private const int Top = 40;
    private const int Right = 150;
    private const int Bottom = 50;

    private static readonly string[] Colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"];

    private readonly List<(string Name, IReadOnlyList<(double X, double Y)> Points)> _lines = [];

    /// <summary>Adds a line.</summary>
    public void Add(string name, IReadOnlyList<(double X, double Y)> points) => _lines.Add((name, points));

    /// <summary>Writes the picture.</summary>
    public void Save(string path)
    {
        var (maxX, maxY) = (Nice(_lines.Max(line => line.Points.Max(point => point.X))), Nice(_lines.Max(line => line.Points.Max(point => point.Y))));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n<text x=\"{Left}\" y=\"22\" font-size=\"15\">{Title}</text>\n");
        for (var i = 0; i <= 5; i++)
        {
            var (x, y) = (X(maxX * i / 5), Y(maxY * i / 5));
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y:F1}H{Width - Right}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{maxY * i / 5:G4}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{maxX * i / 5:G4}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{Across}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Up}</text>\n");
        for (var i = 0; i < _lines.Count; i++)
        {
            var points = string.Join(' ', _lines[i].Points.Select(point => FormattableString.Invariant($"{X(point.X):F1},{Y(point.Y):F1}")));
            var colour = Colours[i % Colours.Length];
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 10}\" y=\"{Top + 20 + (18 * i)}\" fill=\"{colour}\">{_lines[i].Name}</text>\n");
        }

        File.WriteAllText(path, svg.Append("</svg>\n").ToString());

        double X(double value) => Left + ((Width - Left - Right) * value / maxX);
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / maxY);
    }

    /// <summary>The next number whose fifth part is easy to read.</summary>
    private static double Nice(double value)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-9))));
        return decade * new[] { 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10 }.First(step => step * decade >= value);
    }
}
