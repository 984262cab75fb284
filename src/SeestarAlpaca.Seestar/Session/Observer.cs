using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Folds events into what is known of a telescope. Pure: the same events give the same observation.</summary>
public static class Observer
{
    /// <summary>What is known after an event.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="happened">The event; unknown ones only move the clock.</param>
    /// <param name="now">When it arrived.</param>
    public static TelescopeObservation Apply(TelescopeObservation before, TelescopeEvent happened, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(happened);

        // The telescope's clock runs since boot: one that went back means a reboot. Events may overtake each other by fractions of a second.
        var rebooted = happened.Timestamp + TimeSpan.FromSeconds(5) < before.Clock;
        var known = (rebooted ? before.AfterGap() : before) with { Clock = happened.Timestamp ?? before.Clock, HeardAt = now };
        return happened switch
        {
            VersionEvent version => known with { Firmware = version.Firmware ?? known.Firmware },
            ViewEvent { InView: true } view => View(known, view.View, view.State != "working" || view.View.Lapse is not { Ticks: > 0 }),
            StackEvent { InView: true } stack => Stack(known, stack.Stack, now),
            ExposureEvent { Route: ["View", "Stack"] } sub => known with
            {
                SubExposure = sub.Exposure ?? known.SubExposure,
                SubsExposed = known.SubsExposed + (sub.State == "complete" ? 1 : 0),
            },
            ArmEvent arm => Arm(known, arm),
            PiStatusEvent status => known with { Status = status.Status.Over(known.Status) },
            ClientEvent client => known with { IsMaster = client.IsMaster ?? known.IsMaster },
            OtherEvent other => Other(known, other),
            _ => known,
        };
    }

    /// <summary>A view's fields, from an event or a query. Another view, another target or the end of the view begin a new epoch.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="view">What is said now.</param>
    /// <param name="begins">Whether this tells of a beginning or an end, not of a view that goes on.</param>
    internal static TelescopeObservation View(TelescopeObservation known, ViewFields view, bool begins)
    {
        var changes = begins || Differs(known.ViewState, view.State) || Differs(known.Mode, view.Mode) || Differs(known.TargetName, view.TargetName)
            || IsElsewhere(known.TargetRaDec, view.TargetRaDec);
        var next = changes
            ? known.NextEpoch() with { IsMoving = false, InAutoGoto = false, IsInitialising = false, IsLive = false, RtspPort = null }
            : known;

        // A view that begins without a target has none; one that ends keeps the name of what it showed.
        var forget = begins && view.State == "working";
        return next with
        {
            ViewState = view.State ?? known.ViewState,
            Mode = view.Mode ?? known.Mode,
            TargetName = view.TargetName ?? (forget ? null : known.TargetName),
            TargetRaDec = view.TargetRaDec ?? (forget ? null : known.TargetRaDec),
            Gain = view.Gain ?? known.Gain,
            LpFilter = view.LpFilter ?? known.LpFilter,
        };
    }

    /// <summary>A stack's fields, from an event or a query. A stack that begins, or whose count or time falls, begins a new epoch.</summary>
    internal static TelescopeObservation Stack(TelescopeObservation known, StackFields stack, DateTimeOffset now)
    {
        var works = stack.State == "working";
        var begins = works && (!known.IsStacking || stack.StackedFrames < known.StackedFrames || stack.Lapse < known.StackLapse);
        var next = begins ? known.NextEpoch() : known;
        return next with
        {
            StackState = stack.State ?? next.StackState,
            StackSeenWorking = next.StackSeenWorking || works,
            StackedFrames = stack.StackedFrames ?? next.StackedFrames,
            DroppedFrames = stack.DroppedFrames ?? next.DroppedFrames,
            StackLapse = stack.Lapse ?? next.StackLapse,
            StackChangedAt = (stack.StackedFrames ?? next.StackedFrames) == next.StackedFrames && next.StackChangedAt is not null ? next.StackChangedAt : now,
            ViewState = works ? "working" : next.ViewState,
            Mode = works ? "star" : next.Mode,
            IsMoving = works ? false : next.IsMoving,
            InAutoGoto = !works && next.InAutoGoto,
            IsInitialising = works ? false : next.IsInitialising,
            IsLive = works ? false : next.IsLive,
            ArmClosed = works ? false : next.ArmClosed,
        };
    }

    private static bool IsElsewhere((double Hours, double Degrees)? known, (double Hours, double Degrees)? said) =>
        known is var (hours, degrees) && said is var (newHours, newDegrees)
        && (Math.Abs(hours - newHours) > 1e-4 || Math.Abs(degrees - newDegrees) > 1e-3);

    private static bool Differs(string? known, string? said) => known is not null && said is not null && known != said;

    private static TelescopeObservation Arm(TelescopeObservation known, ArmEvent arm)
    {
        // Both moves leave the field; only the end of the move tells how the arm is, and older firmware may not tell.
        var ended = arm.State is "complete" or "cancel" or "fail";
        return known.NextEpoch() with { IsMoving = !ended, InAutoGoto = false, IsLive = false, ArmClosed = ended ? arm.Close : known.ArmClosed };
    }

    private static TelescopeObservation Other(TelescopeObservation known, OtherEvent other) => other.Name switch
    {
        "ContinuousExposure" when other.InView && other.IsWorking =>
            known with { IsLive = true, IsMoving = false, InAutoGoto = false, IsInitialising = false },
        "ContinuousExposure" when other.InView => known with { IsLive = false },
        "Initialise" when other.InView => known with { IsInitialising = other.IsWorking, IsLive = known.IsLive is true && !other.IsWorking },
        "RTSP" when other.InView => known with { RtspPort = other.IsWorking ? other.Json.Int("port") ?? 4554 : null },
        "AutoGoto" when other.InView => Moves(known, other.IsWorking) with { InAutoGoto = other.IsWorking },
        "ScopeGoto" => Moves(known, other.IsWorking || known.InAutoGoto) with { ArmClosed = other.Json.Flag("close") ?? known.ArmClosed },
        "3PPA" or "EqModePA" => Moves(known, other.IsWorking),

        "ViewPlan" => known with { IsPlanRunning = other.IsWorking },

        // Turned by hand, or no longer following the sky: what was stacked before is no longer in view. While stacking, both belong to the stack.
        "MoveByAngle" when !known.IsStacking => known.NextEpoch(),
        "ScopeTrack" when !known.IsStacking && other.State == "off" => known.NextEpoch(),
        _ => known,
    };

    private static TelescopeObservation Moves(TelescopeObservation known, bool moves) =>
        (moves ? known.NextEpoch() : known) with { IsMoving = moves, IsLive = known.IsLive is true && !moves };
}
