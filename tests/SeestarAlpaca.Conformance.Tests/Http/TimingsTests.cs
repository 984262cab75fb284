using SeestarAlpaca.Conformance.Http;

namespace SeestarAlpaca.Conformance.Tests.Http;

public sealed class TimingsTests
{
    [Theory]
    [InlineData("GET", "binx", 0.1)]
    [InlineData("GET", "gainmin", 1)]
    [InlineData("GET", "gainmax", 1)]
    [InlineData("PUT", "binx", 1)]
    [InlineData("PUT", "startexposure", 1)]
    [InlineData("GET", "imagearray", 600)]
    public void Targets_are_ConformUs(string verb, string member, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Timings.Target(verb, member));

    [Fact]
    public void Calls_that_take_longer_than_their_target_are_counted()
    {
        var timings = new Timings();
        foreach (var milliseconds in (int[])[300, 1, 2, 100, 101])
        {
            timings.Add("GET", "binx", TimeSpan.FromMilliseconds(milliseconds));
        }

        var line = Assert.Single(timings.ToList());

        Assert.Equal((5, 2, 100, 300), (line.Count, line.Missed, line.Median.TotalMilliseconds, line.Longest.TotalMilliseconds));
    }
}
