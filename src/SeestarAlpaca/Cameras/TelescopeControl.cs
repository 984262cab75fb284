using System.Globalization;
using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// What one caller may tell a telescope to do. A stack that this server has not begun is never touched, nor are the settings that it is made with. A value
/// that the telescope has already is not sent.
/// </summary>
/// <remarks>Thread safe. Methods wait for the telescope's answer.</remarks>
internal sealed class TelescopeControl(Telescope telescope, ServerOptions options, IPAddress caller)
{
    private static readonly double[] UsualExposures = [10, 20, 30, 60];
    private static readonly double[] ExpertExposures = [2, 5];

    /// <summary>What is missing for control, in a sentence; null when nothing is.</summary>
    public string? Obstacle => ControlRights.Obstacle(options, caller, Snapshot);

    /// <summary>Whether the telescope has yet to say whether it takes commands, or what its settings are.</summary>
    public bool IsUndecided => ControlRights.IsUndecided(options, caller, Snapshot);

    /// <summary>Lowest and highest gain: as told, else as known of the model.</summary>
    public (int Lowest, int Highest) GainRange => Snapshot.Telescope.GainRange ?? (0, telescope.Model.MaxGain);

    /// <summary>In 0.1 dB.</summary>
    public int Gain
    {
        get => Snapshot.Telescope.Gain ?? throw DriverException.ValueNotSet("The telescope has not told its gain yet.");
        set
        {
            var (lowest, highest) = GainRange;
            if (value < lowest || value > highest)
            {
                throw DriverException.InvalidValue($"Gain is {lowest} to {highest}, not {value}.");
            }

            Set(Snapshot.Telescope.Gain == value, "the gain", () => TelescopeCommand.SetGain(value));
        }
    }

    /// <summary>Length of the subs of stacks, in seconds.</summary>
    public double SubExposure
    {
        get => Snapshot.Telescope.SubExposure?.TotalSeconds ?? throw DriverException.ValueNotSet("The telescope has not told the length of its exposures yet.");
        set
        {
            var offered = Exposures;
            var isPresent = Snapshot.Telescope.SubExposure?.TotalSeconds == value;
            if (!isPresent && !offered.Contains(value))
            {
                var expert = ExpertExposures.Contains(value) ? " 2 and 5 s need the expert mode of the Seestar app." : string.Empty;
                throw DriverException.InvalidValue($"SubExposureDuration is one of {string.Join(", ", offered)} s, not {value.ToString(CultureInfo.InvariantCulture)}.{expert}");
            }

            Set(isPresent, "the length of its exposures", () => TelescopeCommand.SetSubExposure(TimeSpan.FromSeconds(value)));
        }
    }

    /// <summary>The lengths of subs that can be chosen, in seconds.</summary>
    public IReadOnlyList<double> Exposures => Snapshot.Telescope.ExpertMode is true ? [.. ExpertExposures, .. UsualExposures] : UsualExposures;

    private SessionSnapshot Snapshot => telescope.Session.Snapshot;

    /// <summary>Chooses a filter.</summary>
    /// <param name="name">LP or IRCUT, in any case.</param>
    public void SetFilter(string name)
    {
        bool? wanted = name.Trim().ToUpperInvariant() switch { "LP" => true, "IRCUT" => false, _ => null };
        var lp = wanted ?? throw DriverException.InvalidValue($"SetFilter takes LP or IRCUT, not '{name}'.");
        Set(Snapshot.Telescope.LpFilter == lp, "the filter", () => TelescopeCommand.SetFilter(lp));
    }

    /// <summary>Sets the dew heater.</summary>
    /// <param name="text">0 to 100 per cent; 0 or off for off.</param>
    public void SetDewHeater(string text)
    {
        var trimmed = text.Trim().TrimEnd('%');
        if (!int.TryParse(trimmed.Equals("off", StringComparison.OrdinalIgnoreCase) ? "0" : trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) || percent > 100)
        {
            throw DriverException.InvalidValue($"SetDewHeater takes a whole number of per cent from 0 (off) to 100, not '{text}'.");
        }

        Require();
        if (Snapshot.Telescope.DewHeaterPercent != percent)
        {
            Send(TelescopeCommand.SetDewHeater(percent));
        }
    }

    /// <summary>Begins a stack in the live view.</summary>
    public void StartStacking()
    {
        RequireStart();
        Send(TelescopeCommand.StartStack);
    }

    /// <summary>Ends the stack that this server has begun; nothing where it has ended.</summary>
    public void StopStacking()
    {
        Require();
        var snapshot = Snapshot;
        if (snapshot.Telescope.IsStacking && !snapshot.IsOwnStack)
        {
            throw DriverException.InvalidOperation("The stack was not begun by this server, which ends only its own. End it in the Seestar app.");
        }

        if (snapshot.IsOwnStack)
        {
            Send(TelescopeCommand.StopStack);
        }
    }

    /// <summary>Refuses a stack of its own for one exposure.</summary>
    /// <exception cref="DriverException">It is not allowed, or not possible now; the message says why.</exception>
    public void RequireFreshStack()
    {
        if (!options.AllowRestart)
        {
            Require();
            throw DriverException.InvalidOperation("A fresh stack for each exposure needs the option AllowRestart besides AllowControl.");
        }

        if (!Snapshot.IsOwnStack)
        {
            RequireStart();
        }

        Require();
    }

    /// <summary>Sends a command.</summary>
    /// <exception cref="DriverException">The telescope has refused it, or has not answered.</exception>
    public async Task SendAsync(TelescopeCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await telescope.Session.CommandAsync(command, cancellationToken);
        }
        catch (Exception exception) when (TelescopeRefusal.Explains(exception))
        {
            throw TelescopeRefusal.Of(exception);
        }
    }

    /// <summary>Refuses a caller who may not control.</summary>
    /// <exception cref="DriverException">0x40B: the message says what is missing.</exception>
    private void Require()
    {
        if (Obstacle is { } obstacle)
        {
            throw DriverException.InvalidOperation(obstacle);
        }
    }

    private void RequireStart()
    {
        Require();
        var known = Snapshot.Telescope;
        if (known.IsPlanRunning is true)
        {
            throw DriverException.InvalidOperation("The telescope works through a plan of the Seestar app. Wait until that has ended.");
        }

        if (known.IsStacking)
        {
            throw DriverException.InvalidOperation("The telescope is stacking already. End that stack in the Seestar app first.");
        }

        if (known.IsLive is not true)
        {
            throw DriverException.InvalidOperation($"A stack can begin only in the live view of a target. {telescope.State.Text}");
        }
    }

    private void Set(bool isPresent, string what, Func<TelescopeCommand> command)
    {
        Require();
        if (isPresent)
        {
            return;
        }

        var snapshot = Snapshot;
        if (snapshot.Telescope.IsStacking && !snapshot.IsOwnStack)
        {
            throw DriverException.InvalidOperation($"A stack runs that this server has not begun; {what} is left as it is. Wait until the stack has ended.");
        }

        Send(command());
    }

    private void Send(TelescopeCommand command) => SendAsync(command, CancellationToken.None).GetAwaiter().GetResult();
}
