using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>A fault that waits for its chance to strike.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Left">How often it is still to strike.</param>
public sealed record WaitingFault(Directive Fault, int Left);

/// <summary>
/// Lets a simulated telescope misbehave on command (<c>seestar-protocol.md</c> §9, item 40). Faults of frames and lines wait for the next one that
/// they can strike, as often as their <c>count</c> says; faults of the telescope happen at once.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class FaultControl
{
    private readonly Telescope _telescope;

    internal FaultControl(Telescope telescope) => _telescope = telescope;

    /// <summary>All faults that there are.</summary>
    public static IReadOnlyList<DirectiveKind> Known { get; } =
        [.. FrameFaults.All.Select(fault => fault.Kind), .. LineFaults.All, .. TelescopeFaults.All.Select(fault => fault.Kind)];

    /// <summary>Faults that have not struck as often as they are to.</summary>
    public IReadOnlyList<WaitingFault> Waiting => _telescope.Faults.Waiting;

    /// <summary>How often each fault has struck, by its name.</summary>
    public IReadOnlyDictionary<string, int> Struck => _telescope.Faults.Struck;

    /// <summary>Reads a fault, without letting it happen.</summary>
    /// <param name="text"><c>NAME</c> or <c>NAME=KEY:VALUE,KEY:VALUE</c>.</param>
    /// <exception cref="FormatException">There is no such fault, or an argument is wrong; the message says what would be right.</exception>
    public static Directive Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Split('=', 2, StringSplitOptions.TrimEntries);
        return Directive.Parse(Known, "fault", name[0], name.Length > 1 ? name[1] : "");
    }

    /// <summary>Lets a fault happen: at once, or at its next chance.</summary>
    /// <param name="text"><c>NAME</c> or <c>NAME=KEY:VALUE,KEY:VALUE</c>.</param>
    /// <exception cref="FormatException">There is no such fault, or an argument is wrong.</exception>
    public void Inject(string text) => Inject(Parse(text));

    /// <summary>Lets a fault happen: at once, or at its next chance.</summary>
    /// <param name="fault">One that <see cref="Parse"/> has read.</param>
    /// <exception cref="ArgumentException">It is no fault.</exception>
    public void Inject(Directive fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (TelescopeFaults.All.FirstOrDefault(known => known.Kind == fault.Kind).Happen is { } happen)
        {
            _telescope.Faults.CountStrike(fault.Name);
            _telescope.Begin(() => happen(fault, _telescope));
        }
        else
        {
            _telescope.Faults.Add(Known.Contains(fault.Kind) ? fault : throw new ArgumentException($"{fault.Name} is no fault.", nameof(fault)));
        }
    }

    /// <summary>Forgets the faults that wait.</summary>
    public void Clear() => _telescope.Faults.Clear();

    /// <summary>Waits until a fault has struck so often, counted from the start.</summary>
    /// <param name="name">The fault's name.</param>
    /// <param name="times">1 or more.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForStrikeAsync(string name, int times, CancellationToken cancellationToken) =>
        _telescope.Milestones.WaitAsync(() => Struck.GetValueOrDefault(name) >= times, cancellationToken);
}
