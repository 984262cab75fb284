using System.Net;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Discovery;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator;

/// <summary>
/// A Seestar for people without one: the same ports, the same bytes and the same order of events, with a synthetic or replayed sky
/// (<c>seestar-protocol.md</c> §9). The methods do what the telescope maker's app would do.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class SeestarSimulator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly KeyPair _keys = new();
    private readonly Telescope _telescope;
    private readonly ControlServer _controlServer;
    private readonly ImageServer _imageServer;
    private readonly ImageServer? _wideServer;
    private readonly ControlServer _guestServer;
    private readonly TcpService _control;
    private readonly TcpService _image;
    private readonly TcpService? _wide;
    private readonly TcpService? _guest;
    private readonly DiscoveryResponder? _discovery;
    private readonly VideoServer _video;
    private readonly MulticastResponder? _multicast;
    private Task _running = Task.CompletedTask;

    private SeestarSimulator(SimulatorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _telescope = new Telescope(options, time, loggers);
        Faults = new FaultControl(_telescope);
        Scenario = new ScenarioControl(this, _telescope);
        _controlServer = new ControlServer(_telescope, _keys, time);
        _guestServer = new ControlServer(_telescope, _keys, time, guest: true);
        var bandwidth = options.MegabytesPerSecond is { } megabytes ? new Bandwidth(megabytes * 1e6, time) : null;
        _imageServer = new ImageServer(RecordedPort.Image, _telescope, new TelephotoFeed(_telescope), bandwidth, time);
        var logger = loggers.CreateLogger<SeestarSimulator>();
        try
        {
            _telescope.Video = _video = new VideoServer(options, time, loggers);
            _control = new TcpService("control", new IPEndPoint(options.Address, options.ControlPort), logger);
            _image = new TcpService("image", new IPEndPoint(options.Address, options.ImagePort), logger);
            if (options.Facts.WideSize is not null)
            {
                _wide = new TcpService("wide image", new IPEndPoint(options.Address, options.WidePort), logger);
                _wideServer = new ImageServer(RecordedPort.Wide, _telescope, new WideFeed(_telescope), bandwidth, time);
            }

            _guest = options.GuestPort is { } guestPort ? new TcpService("guest", new IPEndPoint(options.Address, guestPort), logger) : null;
            _discovery = options.DiscoveryPort is { } port
                ? new DiscoveryResponder(_telescope, new IPEndPoint(options.Address, port), () => _controlServer.Connections)
                : null;
            _multicast = options.MulticastName is { } name ? new MulticastResponder(_telescope, name, time, new Random(options.Seed)) : null;
        }
        catch (IOException)
        {
            Close();
            throw;
        }

        _telescope.Faults.Connections.Own([.. new[] { _control, _image, _wide, _guest }.OfType<TcpService>()]);
    }

    /// <summary>What was asked for.</summary>
    public SimulatorOptions Options => _telescope.Options;

    /// <summary>What goes wrong on command.</summary>
    public FaultControl Faults { get; }

    /// <summary>Weather, people and faults on command.</summary>
    public ScenarioControl Scenario { get; }

    /// <summary>Where control (4700 on a telescope) listens.</summary>
    public IPEndPoint ControlEndPoint => _control.EndPoint;

    /// <summary>Where telephoto pictures (4800) are.</summary>
    public IPEndPoint ImageEndPoint => _image.EndPoint;

    /// <summary>Where wide pictures (4804) are; null on a model without wide camera.</summary>
    public IPEndPoint? WideEndPoint => _wide?.EndPoint;

    /// <summary>Where the second control listener (4701) is; null if it is off.</summary>
    public IPEndPoint? GuestEndPoint => _guest?.EndPoint;

    /// <summary>Where discovery (UDP 4720) listens; null if it is off.</summary>
    public IPEndPoint? DiscoveryEndPoint => _discovery?.EndPoint;

    /// <summary>The name that the telescope has in multicast DNS, such as <c>seestar-2.local</c>; null while it has none.</summary>
    public string? MulticastName => _multicast?.Name;

    /// <summary>Where the telephoto camera's video (4554) is while the stage is RTSP; null if it is off.</summary>
    public IPEndPoint? RtspEndPoint => _video.TelephotoEndPoint;

    /// <summary>Where the wide camera's video (4555) is while the stage is RTSP in scenery; null if it is off or there is no such camera.</summary>
    public IPEndPoint? WideRtspEndPoint => _video.WideEndPoint;

    /// <summary>The address with its ports as the server's option <c>--telescope</c> takes it: <c>HOST;control=P;image=P[;wide=P][;rtsp=P][;widertsp=P]</c>.</summary>
    /// <remarks>The video's ports are left out where they are those of a telescope, and where they are off.</remarks>
    public string TelescopeAddressText =>
        $"{_telescope.Options.Address};control={ControlEndPoint.Port};image={ImageEndPoint.Port}{(WideEndPoint is { } wide ? $";wide={wide.Port}" : "")}"
        + (RtspEndPoint is { Port: not VideoServer.TelephotoPort and var rtsp } ? $";rtsp={rtsp}" : "")
        + (WideRtspEndPoint is { Port: not VideoServer.WidePort and var wideRtsp } ? $";widertsp={wideRtsp}" : "");

    /// <summary>The private key (PEM, PKCS#1) that opens control on firmware 7.18 and later; made at start.</summary>
    public string PrivateKeyPem => _keys.PrivateKeyPem;

    /// <summary>The eight hexadecimal digits by which the telescope is known.</summary>
    public string Serial => _telescope.Options.SerialNumber;

    /// <summary>Subs in the present stack, as the newest Stack event told; 0 after a restart until the first.</summary>
    public int StackedFrame => _telescope.Stack.Accepted;

    /// <summary>What the view is mainly doing, such as ContinuousExposure, AutoGoto, Stack or RTSP; null without a view.</summary>
    public string? Stage => _telescope.View.Stage?.Name;

    /// <summary>Whether the arm is folded.</summary>
    public bool IsArmClosed => _telescope.Mount.ArmClosed;

    /// <summary>Requests answered on the telephoto image port, by method.</summary>
    public IReadOnlyDictionary<string, int> ImageRequests => _imageServer.Traffic.Answered;

    /// <summary>Connections on the telephoto image port at this moment, without those that were turned away.</summary>
    public int ImageConnections => _imageServer.Traffic.Connections;

    /// <summary>Requests that came to the control port, answered or not, and how often: the method, and behind a blank the parameters where there are any.</summary>
    public IReadOnlyDictionary<string, int> ControlRequests => _controlServer.Traffic.Requests;

    /// <summary>Connections to the control port that were reset because the client went on asking for what it may not have.</summary>
    public int ControlResets => _controlServer.Traffic.Resets;

    /// <summary>Requests answered on the wide image port, by method; none on a model without wide camera.</summary>
    public IReadOnlyDictionary<string, int> WideRequests => _wideServer?.Traffic.Answered ?? new Dictionary<string, int>();

    /// <summary>Connections on the control port at this moment.</summary>
    public int ControlConnections => _controlServer.Connections;

    /// <summary>Previews pushed on the telephoto image port.</summary>
    public int PreviewsSent => _imageServer.Traffic.PreviewsSent;

    /// <summary>Previews left out on the telephoto image port because a client read too slowly.</summary>
    public int PreviewsDropped => _imageServer.Traffic.PreviewsDropped;

    /// <summary>Takes the ports, then switches the telescope on.</summary>
    /// <param name="options">What it is; a fault in it is told in a sentence.</param>
    /// <param name="time">Real time, or a clock that is driven.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Ends the start, not the telescope.</param>
    /// <exception cref="ArgumentException">The options are faulty.</exception>
    /// <exception cref="IOException">A port cannot be had.</exception>
    public static Task<SeestarSimulator> StartAsync(
        SimulatorOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options.RequireValid();
        var simulator = new SeestarSimulator(options, time, loggers);
        simulator._running = simulator.RunAsync(simulator._stop.Token);
        return Task.FromResult(simulator);
    }

    /// <summary>Shows the sky, after going to a target if one is given; RA and Dec of date.</summary>
    /// <param name="target">Where to; null shows what is there.</param>
    /// <param name="lightPollutionFilter">Whether the LP filter is used.</param>
    public void StartView(SkyTarget? target = null, bool lightPollutionFilter = false) =>
        _telescope.Begin(() => _telescope.View.StartStarAsync(target, lightPollutionFilter));

    /// <summary>Shows a landscape as video: pictures end, and the stage becomes RTSP.</summary>
    public void StartScenery() => _telescope.Begin(() => _telescope.View.StartVideoAsync("scenery", null));

    /// <summary>Shows the Sun, the Moon or a planet as video.</summary>
    /// <param name="targetType">sun, moon or planet.</param>
    public void StartSolarSystem(string targetType) => _telescope.Begin(() => _telescope.View.StartVideoAsync("solar_sys", targetType));

    /// <summary>Begins to stack in a star view.</summary>
    /// <param name="restart">Whether a new stack begins; otherwise the one before goes on.</param>
    public void StartStack(bool restart = true) => _telescope.Begin(() => _telescope.View.StartStackAsync(restart));

    /// <summary>Ends the stack; live view goes on.</summary>
    public void StopStack() => _telescope.Begin(() => _telescope.View.StopStageAsync("Stack"));

    /// <summary>Ends the view.</summary>
    public void StopView() => _telescope.Begin(_telescope.View.StopAsync);

    /// <summary>Moves the mount, without changing the view.</summary>
    public void Goto(SkyTarget target) =>
        _telescope.Begin(() => ScopeGoto.RunAsync(_telescope, Sky.Pointing.At(target), _telescope.Lifetime));

    /// <summary>Ends the view and folds the arm; 18.7 s.</summary>
    public void CloseArm() => _telescope.Begin(() => Arm.CloseAsync(_telescope));

    /// <summary>Ends the view and unfolds the arm; 16.8 s.</summary>
    public void OpenArm() => _telescope.Begin(() => Arm.OpenAsync(_telescope));

    /// <summary>The stack as <c>get_stacked_img</c> would send it; null if there is none. To be disposed by the caller.</summary>
    public RgbImage? CopyStack() => _telescope.Pictures.ReadStack()?.Image.Share();

    /// <summary>The newest sub as <c>get_current_img</c> would send it; null if there is none. To be disposed by the caller.</summary>
    public BayerImage? CopySub() => _telescope.Pictures.Sub?.Image.Share();

    /// <summary>Waits until the present stack has at least so many subs.</summary>
    public Task WaitForStackedFrameAsync(int frames, CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => StackedFrame >= frames, cancellationToken);

    /// <summary>Waits until the view has a stage, such as ContinuousExposure, Stack or RTSP.</summary>
    public Task WaitForStageAsync(string stage, CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => Stage == stage, cancellationToken);

    /// <summary>Waits until the video ports listen: 2.5 to 3.5 s after the stage has become RTSP.</summary>
    public Task WaitForVideoAsync(CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => _video.IsShown, cancellationToken);

    /// <summary>Waits until no view is shown.</summary>
    public Task WaitForEndOfViewAsync(CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => !_telescope.View.IsShown, cancellationToken);

    /// <summary>Waits until the arm is folded or unfolded.</summary>
    /// <param name="closed">Which of the two.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForArmAsync(bool closed, CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => _telescope.Mount.ArmClosed == closed, cancellationToken);

    /// <summary>Waits until the telescope has a name in multicast DNS.</summary>
    public Task WaitForMulticastNameAsync(CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => MulticastName is not null, cancellationToken);

    /// <summary>Switches the telescope off: connections and ports are closed, and what runs is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _telescope.Agenda.End();
        await _stop.CancelAsync();
        await _running;
        Close();
    }

    private Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> running =
        [
            _control.RunAsync(_controlServer.ServeAsync, cancellationToken),
            _image.RunAsync(_imageServer.ServeAsync, cancellationToken),
        ];
        if (_wide is not null)
        {
            running.Add(_wide.RunAsync(_wideServer!.ServeAsync, cancellationToken));
        }

        if (_guest is not null)
        {
            running.Add(_guest.RunAsync(_guestServer.ServeAsync, cancellationToken));
        }

        if (_discovery is not null)
        {
            running.Add(_discovery.RunAsync(cancellationToken));
        }

        running.Add(_video.RunAsync(cancellationToken));
        if (_multicast is not null)
        {
            running.Add(_multicast.RunAsync(cancellationToken));
        }

        _telescope.Begin(() => PowerReport.RunAsync(_telescope, _telescope.Lifetime));
        if (_telescope.Options.StartStacking)
        {
            _telescope.Begin(() => _telescope.View.StartStarAsync(
                _telescope.Options.Target, lightPollutionFilter: false, Initialise.Before(_telescope, new Stacking(_telescope, restart: true))));
        }

        foreach (var fault in _telescope.Options.Faults)
        {
            Faults.Inject(fault);
        }

        if (_telescope.Options.Scenario is { } script)
        {
            _telescope.Begin(() => Scenario.PlayAsync(script));
        }

        return Task.WhenAll(running);
    }

    private void Close()
    {
        _telescope.Dispose();
        _discovery?.Dispose();
        _multicast?.Dispose();
        _video?.Dispose();
        _wide?.Dispose();
        _guest?.Dispose();
        _image?.Dispose();
        _control?.Dispose();
        _keys.Dispose();
        _stop.Dispose();
    }
}
