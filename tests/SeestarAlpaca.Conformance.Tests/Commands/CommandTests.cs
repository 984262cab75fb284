using SeestarAlpaca.Conformance.Commands;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Tests.Commands;

public sealed class CommandTests
{
    [Theory]
    [InlineData("http://127.0.0.1:11111", "http://127.0.0.1:11111/", null)]
    [InlineData("http://127.0.0.1:11111/", "http://127.0.0.1:11111/", null)]
    [InlineData("http://[::1]:11111/api/v1/camera/3", "http://[::1]:11111/", 3)]
    [InlineData("http://host/api/v1/camera/0/", "http://host/", 0)]
    public void An_address_names_a_server_or_a_camera(string text, string server, int? camera)
    {
        var (target, problem) = Target.Parse(text);

        Assert.Null(problem);
        Assert.Equal((server, (uint?)camera), (target!.Server.ToString(), target.Camera));
    }

    [Theory]
    [InlineData("127.0.0.1:11111")]
    [InlineData("ftp://host")]
    [InlineData("http://host/api/v1/camera")]
    [InlineData("http://host/api/v1/telescope/0")]
    [InlineData("http://host/api/v1/camera/-1")]
    public void What_names_neither_is_told_what_would_be_right(string text)
    {
        var (target, problem) = Target.Parse(text);

        Assert.Null(target);
        Assert.Contains("http://HOST:PORT", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ok", 0)]
    [InlineData("Information", 0)]
    [InlineData("Issue", 1)]
    [InlineData("Error", 2)]
    public void The_exit_code_is_the_gravest_finding(string outcome, int code) =>
        Assert.Equal(code, ExitCode.Of([Report(Outcome.Ok), Report(Enum.Parse<Outcome>(outcome)), Report(Outcome.Ok)]));

    [Fact]
    public void Six_hundred_issues_do_not_wrap_round() =>
        Assert.Equal(1, ExitCode.Of([Report([.. Enumerable.Range(0, 512).Select(i => new Finding(Outcome.Issue, $"{i}"))])]));

    [Fact]
    public void Nothing_judged_is_an_error() => Assert.Equal(2, ExitCode.Of([]));

    private static RunReport Report(Outcome outcome) => Report([new Finding(outcome, "text")]);

    private static RunReport Report(Finding[] findings) =>
        new("camera", "target", false, DateTimeOffset.UnixEpoch, TimeSpan.Zero, [new CheckResult("a.b", "§1", "title", findings, TimeSpan.Zero, null)], []);
}
