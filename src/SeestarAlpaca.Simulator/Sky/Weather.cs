using SeestarAlpaca.Simulator.Time;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Sky and optics as they change. To be used within the <see cref="Agenda"/>.</summary>
internal sealed class Weather(Agenda agenda)
{
    /// <summary>Clouds cross a picture in about two minutes.</summary>
    private const double CloudWidthsPerSecond = 1.0 / 120;

    /// <summary>Focus and dew change in steps of a hundredth, so that a field need not be drawn anew for each sub.</summary>
    private const double Step = 0.01;

    private Ramp _clouds;
    private Ramp _focus = Ramp.At(1);
    private Ramp _dew;
    private double _rotationPerHour;
    private double _shake;
    private TimeSpan _shakeEnds;
    private TrailKind _trail;

    /// <summary>The share of the light that clouds take now, 0 to 1.</summary>
    public double Clouds => _clouds.Value(agenda.Now);

    /// <summary>The width of stars now, 1 in focus.</summary>
    public double Focus => Rounded(_focus.Value(agenda.Now));

    /// <summary>Dew on the lens now, 0 to 1.</summary>
    public double Dew => Rounded(_dew.Value(agenda.Now));

    /// <summary>Lets clouds come or go.</summary>
    /// <param name="cover">The share of the light that they take in the end.</param>
    /// <param name="over">How long that takes.</param>
    public void Cloud(double cover, TimeSpan over) => _clouds = _clouds.Towards(cover, agenda.Now, over);

    /// <summary>Lets the focus drift.</summary>
    /// <param name="factor">The width of stars in the end, against that in focus.</param>
    /// <param name="over">How long that takes.</param>
    public void Defocus(double factor, TimeSpan over) => _focus = _focus.Towards(factor, agenda.Now, over);

    /// <summary>Lets dew form or dry.</summary>
    /// <param name="amount">How much there is in the end, 0 to 1.</param>
    /// <param name="over">How long that takes.</param>
    public void Bedew(double amount, TimeSpan over) => _dew = _dew.Towards(amount, agenda.Now, over);

    /// <summary>Lets the field turn, as it does in alt-azimuth mode.</summary>
    /// <param name="degreesPerHour">0 for not.</param>
    public void Rotate(double degreesPerHour) => _rotationPerHour = degreesPerHour;

    /// <summary>Lets the wind shake the telescope for some time.</summary>
    /// <param name="pixels">How far within one sub.</param>
    /// <param name="duration">For how long.</param>
    public void Shake(double pixels, TimeSpan duration) => (_shake, _shakeEnds) = (pixels, agenda.Now + duration);

    /// <summary>Lets something cross the next sub.</summary>
    public void Cross(TrailKind trail) => _trail = trail;

    /// <summary>The conditions of a sub that begins now. What crosses it crosses no other.</summary>
    /// <param name="seconds">Exposure time.</param>
    public SkyConditions Next(double seconds)
    {
        var middle = agenda.Now + TimeSpan.FromSeconds(seconds / 2);
        var conditions = new SkyConditions
        {
            Clouds = _clouds.Value(middle),
            CloudPath = middle.TotalSeconds * CloudWidthsPerSecond,
            Focus = Rounded(_focus.Value(middle)),
            Dew = Rounded(_dew.Value(middle)),
            Rotation = _rotationPerHour * seconds / 3600,
            Shake = agenda.Now < _shakeEnds ? _shake : 0,
            Trail = _trail,
        };
        _trail = TrailKind.None;
        return conditions;
    }

    private static double Rounded(double value) => Math.Round(value / Step) * Step;

    /// <summary>A value that goes evenly from one to another.</summary>
    private readonly record struct Ramp(double From, double To, TimeSpan Begins, TimeSpan Over)
    {
        public static Ramp At(double value) => new(value, value, TimeSpan.Zero, TimeSpan.Zero);

        public double Value(TimeSpan at) => at >= Begins + Over ? To : From + ((To - From) * Math.Max(0, (at - Begins) / Over));

        public Ramp Towards(double value, TimeSpan now, TimeSpan over) => new(Value(now), value, now, over);
    }
}
