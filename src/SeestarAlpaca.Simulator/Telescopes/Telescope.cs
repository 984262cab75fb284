using Microsoft.Extensions.Logging;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Time;
using SeestarAlpaca.Simulator.Video;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>One telescope: what it is and what it is doing. Everything that changes is used within the <see cref="Agenda"/>.</summary>
internal sealed partial class Telescope : IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ILogger _logger;

    /// <summary>Makes a telescope that has just been switched on.</summary>
    public Telescope(SimulatorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var seed = Hash.Mix((ulong)options.Seed);
        (Options, Random) = (options, new Random(options.Seed));
        Clock = new Clock(time, options.TimeScale);
        Agenda = new Agenda(Clock, time);
        Faults = new FaultBoard(this, time);
        Events = new EventHub(Agenda, new Random(options.Seed), Faults);
        if (options.ReplayDirectory is { } folder)
        {
            var replay = ReplaySource.Open(folder, options.ReplayAlign);
            (Source, Options) = (replay, options with { Target = replay.Target ?? options.Target });
        }
        else
        {
            Source = new SyntheticSource(options.Sky, options.Size ?? Facts.Size, new Sensor(16, Facts.DefaultGain, seed), seed);
        }

        Pictures = new PictureStore(options.KeepOldStackUntilFirstSub, options.MosaicScale);
        Weather = new Weather(Agenda);
        Camera = new Camera(Source, Facts.DefaultGain, Weather);
        Mount = new Mount(Pointing.At(Options.Target));
        Wheel = new Wheel(this);
        Focuser = new Focuser(this);
        (Slewing, Focusing, Solving, SingleExposing) = (new Interruptible(this), new Interruptible(this), new Interruptible(this), new Interruptible(this));
        Device = new DeviceState(this);
        View = new ViewControl(this, loggers.CreateLogger<ViewControl>());
        _logger = loggers.CreateLogger<Telescope>();
        Lifetime = _lifetime.Token;
    }

    /// <summary>Cancelled, within the agenda, when the telescope is switched off.</summary>
    public CancellationToken Lifetime { get; }

    /// <summary>What was asked for.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Constants of the model.</summary>
    public ModelFacts Facts => Options.Facts;

    /// <summary>The firmware.</summary>
    public FirmwareVersion Version => Options.Version;

    /// <summary>Simulated time.</summary>
    public Clock Clock { get; }

    /// <summary>Runs everything in turn.</summary>
    public Agenda Agenda { get; }

    /// <summary>Small differences between one time and the next.</summary>
    public Random Random { get; }

    /// <summary>Where events are told.</summary>
    public EventHub Events { get; }

    /// <summary>What goes wrong.</summary>
    public FaultBoard Faults { get; }

    /// <summary>What others wait for.</summary>
    public Milestones Milestones { get; } = new();

    /// <summary>Where subs come from.</summary>
    public ISubSource Source { get; }

    /// <summary>Sky and optics.</summary>
    public Weather Weather { get; }

    /// <summary>The newest sub and the stack, for the image ports.</summary>
    public PictureStore Pictures { get; }

    /// <summary>To whom previews are pushed.</summary>
    public PreviewHub Previews { get; } = new();

    /// <summary>The video of the cameras; null until its ports have been taken.</summary>
    public VideoServer? Video { get; set; }

    /// <summary>The telephoto camera.</summary>
    public Camera Camera { get; }

    /// <summary>Arm, tracking, direction.</summary>
    public Mount Mount { get; }

    /// <summary>The filter wheel.</summary>
    public Wheel Wheel { get; }

    /// <summary>The focuser.</summary>
    public Focuser Focuser { get; }

    /// <summary>Who is master.</summary>
    public Mastership Mastership { get; } = new();

    /// <summary>What plate solves have found.</summary>
    public Findings Findings { get; } = new();

    /// <summary>What is on the disk.</summary>
    public Albums Albums { get; } = new();

    /// <summary>A goto that is no part of a view.</summary>
    public Interruptible Slewing { get; }

    /// <summary>Focusing that is no part of another procedure.</summary>
    public Interruptible Focusing { get; }

    /// <summary>A plate solve or an annotation that was asked for.</summary>
    public Interruptible Solving { get; }

    /// <summary>A single exposure, without a view.</summary>
    public Interruptible SingleExposing { get; }

    /// <summary>What <c>get_device_state</c> tells.</summary>
    public DeviceState Device { get; }

    /// <summary>The settings, as in <c>get_setting</c>.</summary>
    public WireObject Settings => Device.Settings;

    /// <summary>What the present stack counts.</summary>
    public StackCount Stack { get; set; } = new();

    /// <summary>Whether dark frames have been taken and the focus found since power-on.</summary>
    public bool IsInitialised { get; set; }

    /// <summary>The view and its stages.</summary>
    public ViewControl View { get; }

    /// <summary>Exposure time of stacked subs.</summary>
    public TimeSpan StackExposure => TimeSpan.FromMilliseconds(Settings.Child("exp_ms").Get("stack_l", 10_000L));

    /// <summary>Exposure time of previews.</summary>
    public TimeSpan PreviewExposure => TimeSpan.FromMilliseconds(Settings.Child("exp_ms").Get("continuous", 500L));

    /// <summary>Begins something that tells its outcome by events, so that nobody waits for it. A failure is logged.</summary>
    public void Begin(Func<Task> procedure) => Agenda.Enter(() => { _ = ObserveAsync(procedure()); });

    /// <summary>Waits about as long as a telescope would: a random time between two.</summary>
    public Task DelayAsync(double fromSeconds, double toSeconds, CancellationToken cancellationToken) =>
        Agenda.DelayAsync(TimeSpan.FromSeconds(fromSeconds + ((toSeconds - fromSeconds) * Random.NextDouble())), cancellationToken);

    /// <summary>Waits for simulated time to pass.</summary>
    public Task DelayAsync(double seconds, CancellationToken cancellationToken) => DelayAsync(seconds, seconds, cancellationToken);

    /// <summary>Switches it off.</summary>
    public void Dispose()
    {
        Agenda.Enter(() =>
        {
            _lifetime.Cancel();
            View.Dispose();
        });
        Agenda.Dispose();
        _lifetime.Dispose();
    }

    private async Task ObserveAsync(Task procedure)
    {
        try
        {
            await procedure;
        }
        catch (OperationCanceledException) when (Lifetime.IsCancellationRequested)
        {
            // The telescope has been switched off.
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.ProcedureFailed(_logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A procedure of the simulated telescope failed.", EventName = nameof(ProcedureFailed))]
        public static partial void ProcedureFailed(ILogger logger, Exception fault);
    }
}
