using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Tests.Clients;

/// <summary>Starts simulators for tests: small pictures, and silence is allowed unless the test says otherwise.</summary>
internal static class Start
{
    public static readonly SimulatorOptions Small = new() { Size = new PictureSize(64, 96), IdleLimit = Timeout.InfiniteTimeSpan };

    public static readonly SkyTarget M81 = new("M 81", 9.925881, 69.065295);

    public static Task<SeestarSimulator> SimulatorAsync(SimulatorOptions options, TimeProvider? time = null) =>
        SeestarSimulator.StartAsync(options, time ?? TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    /// <summary>Moves the clock in steps until something is so; everything in between happens inside.</summary>
    public static void AdvanceUntil(this ManualTimeProvider clock, Func<bool> reached)
    {
        for (var step = 0; !reached(); step++)
        {
            Assert.True(step < 10_000, "A thousand seconds went by, and it did not happen.");
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }
    }

    /// <summary>Starts a stack at the target and waits for some subs.</summary>
    public static void Stack(this SeestarSimulator simulator, ManualTimeProvider clock, int frames)
    {
        simulator.StartView();
        clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        simulator.StartStack();
        clock.AdvanceUntil(() => simulator.Stage == "Stack" && simulator.StackedFrame >= frames);
    }
}
