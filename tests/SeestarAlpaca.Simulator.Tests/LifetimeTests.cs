using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests;

public sealed class LifetimeTests
{
    public static TheoryData<SimulatorOptions, string> FaultyOptions => new()
    {
        { Start.Small with { Firmware = "7" }, "Firmware is a version such as 6.70, not '7'." },
        { Start.Small with { Serial = "xyz" }, "Serial has eight hexadecimal digits; 'xyz' has not." },
        { Start.Small with { TimeScale = 0 }, "TimeScale is from 0.1 to 1000, not 0." },
        { Start.Small with { TimeScale = double.NaN }, "TimeScale is from 0.1 to 1000, not NaN." },
        { Start.Small with { Subs = 0 }, "Subs is 1 or more, not 0." },
        { Start.Small with { Target = new SkyTarget("M 51", 202, 47) }, "The target's right ascension is from 0 to below 24 hours, not 202." },
        { Start.Small with { ReplayDirectory = "/nowhere" }, "There is no folder /nowhere to replay." },
        { Start.Small with { Size = new PictureSize(63, 96) }, "Size has even sides from 16 to 8192, not 63 × 96." },
        { Start.Small with { ControlPort = 70000 }, "ControlPort is from 0 to 65535, not 70000." },
        { Start.Small with { GuestPort = -1 }, "GuestPort is from 0 to 65535, not -1." },
        { Start.Small with { StuckImageId = 65535 }, "StuckImageId is from 0 to 65534, not 65535." },
        { Start.Small with { Hfd = 70000 }, "Hfd is from 0 to 65535, not 70000." },
        { Start.Small with { StrayLine = "hello" }, "StrayLine is a JSON object on one line, not 'hello'." },
        { Start.Small with { MegabytesPerSecond = 0 }, "MegabytesPerSecond is from 0.01 to 1000, not 0." },
        { Start.Small with { Unknowns = new() { ImageIdleLimit = TimeSpan.Zero } }, "ImageIdleLimit is positive or infinite, not 00:00:00." },
        { Start.Small with { Unknowns = new() { WideSize = new PictureSize(65, 64) } }, "WideSize has even sides from 16 to 8192, not 65 × 64." },
        { Start.Small with { MulticastName = new() { Name = "see star" } }, "The name in multicast DNS has letters, digits and dashes, at most 60 and a letter first; 'see star' has not." },
        { Start.Small with { MulticastName = new() { Port = 0 } }, "The port of multicast DNS is from 1 to 65535, not 0." },
        { Start.Small with { MulticastName = new() { Group = IPAddress.Loopback } }, "The group of multicast DNS is an IPv4 multicast address such as 224.0.0.251, not 127.0.0.1." },
        { Start.Small with { IdleLimit = TimeSpan.Zero }, "IdleLimit is positive or infinite, not 00:00:00." },
    };

    [Theory]
    [MemberData(nameof(FaultyOptions), DisableDiscoveryEnumeration = true)]
    public async Task Faulty_options_are_told_in_a_sentence(SimulatorOptions options, string sentence)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Start.SimulatorAsync(options));

        Assert.Contains(sentence, fault.Message);
    }

    [Fact]
    public async Task A_folder_without_subs_is_told_in_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory();

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Start.SimulatorAsync(Start.Small with { ReplayDirectory = folder.FullName }));

        folder.Delete();
        Assert.Contains("There is no FITS sub in", fault.Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var fault = await Assert.ThrowsAsync<IOException>(() => Start.SimulatorAsync(Start.Small with { ImagePort = port }));

        Assert.StartsWith($"The simulated telescope's image port 127.0.0.1:{port} cannot be had: ", fault.Message);
    }

    [Fact]
    public async Task The_address_text_names_the_ports()
    {
        await using var silent = await Start.SimulatorAsync(Start.Small with { RtspPort = null });
        await using var plain = await Start.SimulatorAsync(Start.Small);
        await using var pro = await Start.SimulatorAsync(Start.Small with { Model = SeestarModel.S30Pro });

        Assert.Equal($"127.0.0.1;control={silent.ControlEndPoint.Port};image={silent.ImageEndPoint.Port}", silent.TelescopeAddressText);
        Assert.Equal(
            $"127.0.0.1;control={plain.ControlEndPoint.Port};image={plain.ImageEndPoint.Port};rtsp={plain.RtspEndPoint!.Port}", plain.TelescopeAddressText);
        Assert.Equal(
            $"127.0.0.1;control={pro.ControlEndPoint.Port};image={pro.ImageEndPoint.Port};wide={pro.WideEndPoint!.Port}"
            + $";rtsp={pro.RtspEndPoint!.Port};widertsp={pro.WideRtspEndPoint!.Port}",
            pro.TelescopeAddressText);
    }

    [Fact]
    public async Task Switching_off_in_full_swing_takes_less_than_a_second_and_closes_all_connections()
    {
        var simulator = await Start.SimulatorAsync(Start.Small with { Size = null, TimeScale = 100, StartStacking = true });
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var image = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        await simulator.WaitForStackedFrameAsync(1, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await image.SendAsync(23, "get_stacked_img");
        var began = TimeProvider.System.GetTimestamp();

        await simulator.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await control.EndAsync();
        await simulator.DisposeAsync();
    }

    [Fact]
    public async Task In_real_time_a_scaled_telescope_stacks_by_itself()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { TimeScale = 200, StartStacking = true, Subs = 3 });
        var token = TestContext.Current.CancellationToken;

        await simulator.WaitForStageAsync("Stack", token).WaitAsync(TimeSpan.FromSeconds(20), token);
        await simulator.WaitForStackedFrameAsync(3, token).WaitAsync(TimeSpan.FromSeconds(20), token);
        simulator.StopView();
        await simulator.WaitForEndOfViewAsync(token).WaitAsync(TimeSpan.FromSeconds(20), token);

        using var stack = simulator.CopyStack();
        Assert.NotNull(stack);
    }
}
