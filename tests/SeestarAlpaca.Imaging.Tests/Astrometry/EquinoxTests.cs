using System.Globalization;
using SeestarAlpaca.Imaging.Astrometry;

namespace SeestarAlpaca.Imaging.Tests.Astrometry;

public sealed class EquinoxTests
{
    private const double Arcsecond = 1 / 3600.0;

    /// <summary>
    /// Date, place of J2000, mean place and apparent place in degrees, computed with the IAU's SOFA routines (ERFA 2.0): precession of IAU 2006;
    /// nutation of IAU 2006/2000A, aberration and light deflection.
    /// </summary>
    public static TheoryData<string, double, double, double, double, double, double> Places => new()
    {
        { "1995-03-01T00:00:00Z", 193.04166, 40.970556, 192.984935, 40.996805, 192.991942, 40.992273 },
        { "1995-03-01T00:00:00Z", 10.6847, 41.269, 10.618336, 41.242523, 10.617319, 41.243816 },
        { "1995-03-01T00:00:00Z", 83.8221, -5.3911, 83.762632, -5.394013, 83.767095, -5.398330 },
        { "1995-03-01T00:00:00Z", 37.95, 89.264, 36.635553, 89.242566, 36.605457, 89.247083 },
        { "1995-03-01T00:00:00Z", 266.4, -29.0, 266.323101, -28.998291, 266.325025, -28.995936 },
        { "2025-03-27T01:20:00Z", 193.04166, 40.970556, 193.337198, 40.833789, 193.346557, 40.830939 },
        { "2025-03-27T01:20:00Z", 10.6847, 41.269, 11.031286, 41.406957, 11.022227, 41.406166 },
        { "2025-03-27T01:20:00Z", 83.8221, -5.3911, 84.132241, -5.376363, 84.131388, -5.376394 },
        { "2025-03-27T01:20:00Z", 37.95, 89.264, 46.164679, 89.368544, 45.632096, 89.373874 },
        { "2025-03-27T01:20:00Z", 266.4, -29.0, 266.801047, -29.008328, 266.802224, -29.010500 },
        { "2026-11-20T22:00:00Z", 193.04166, 40.970556, 193.356547, 40.824835, 193.355191, 40.821634 },
        { "2026-11-20T22:00:00Z", 10.6847, 41.269, 11.054025, 41.415990, 11.059297, 41.421013 },
        { "2026-11-20T22:00:00Z", 83.8221, -5.3911, 84.152564, -5.375424, 84.159810, -5.371929 },
        { "2026-11-20T22:00:00Z", 37.95, 89.264, 46.794425, 89.374881, 47.230907, 89.378401 },
        { "2026-11-20T22:00:00Z", 266.4, -29.0, 266.827327, -29.008839, 266.824035, -29.011082 },
        { "2050-07-01T12:00:00Z", 193.04166, 40.970556, 193.632663, 40.697043, 193.634790, 40.699980 },
        { "2050-07-01T12:00:00Z", 10.6847, 41.269, 11.379180, 41.544899, 11.384133, 41.542548 },
        { "2050-07-01T12:00:00Z", 83.8221, -5.3911, 84.442826, -5.362367, 84.440629, -5.363571 },
        { "2050-07-01T12:00:00Z", 37.95, 89.264, 57.265191, 89.456056, 57.066840, 89.451561 },
        { "2050-07-01T12:00:00Z", 266.4, -29.0, 267.202665, -29.015681, 267.213164, -29.014117 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void The_mean_place_is_that_of_IAU_2006(string date, double ra, double dec, double meanRa, double meanDec, double seenRa, double seenDec)
    {
        _ = (seenRa, seenDec);

        var place = Equinox.OfDate(new EquatorialPosition(ra, dec), Time(date));

        Assert.InRange(place.DistanceTo(new EquatorialPosition(meanRa, meanDec)), 0, 0.01 * Arcsecond);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_apparent_place_is_true_to_half_an_arcsecond(string date, double ra, double dec, double meanRa, double meanDec, double seenRa, double seenDec)
    {
        _ = (meanRa, meanDec);

        var place = Equinox.OfDate(new EquatorialPosition(ra, dec), Time(date), PlaceKind.Apparent);

        Assert.InRange(place.DistanceTo(new EquatorialPosition(seenRa, seenDec)), 0, 0.5 * Arcsecond);
    }

    [Theory]
    [InlineData(PlaceKind.Mean)]
    [InlineData(PlaceKind.Apparent)]
    public void There_and_back_again_ends_at_the_same_place(PlaceKind kind)
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var place = new EquatorialPosition(360 * random.NextDouble(), double.RadiansToDegrees(Math.Asin((2 * random.NextDouble()) - 1)));
            var time = new DateTimeOffset(1950, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(55_000 * random.NextDouble());

            var back = Equinox.OfDate(Equinox.ToJ2000(place, time, kind), time, kind);

            Assert.InRange(back.DistanceTo(place), 0, 1e-5 * Arcsecond);
            Assert.InRange(back.RightAscension, 0, 360);
        }
    }

    [Fact]
    public void At_J2000_itself_the_mean_place_stays()
    {
        var place = new EquatorialPosition(123.4, 56.7);

        Assert.InRange(Equinox.OfDate(place, new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).DistanceTo(place), 0, 1e-6 * Arcsecond);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(12.5, 187.5)]
    [InlineData(-1, 345)]
    [InlineData(25, 15)]
    public void Hours_become_degrees_of_one_turn(double hours, double degrees)
    {
        Assert.Equal(degrees, EquatorialPosition.OfHours(hours, 5).RightAscension, 1e-9);
    }

    [Fact]
    public void Distances_are_right_across_midnight_and_at_the_poles()
    {
        Assert.Equal(2, new EquatorialPosition(359, 0).DistanceTo(new EquatorialPosition(1, 0)), 1e-9);
        Assert.Equal(2, new EquatorialPosition(10, 89).DistanceTo(new EquatorialPosition(190, 89)), 1e-9);
    }

    private static DateTimeOffset Time(string date) => DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);
}
