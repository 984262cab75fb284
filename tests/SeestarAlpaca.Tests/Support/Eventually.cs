using System.Runtime.CompilerServices;

namespace SeestarAlpaca.Tests.Support;

/// <summary>Waits for what other threads do and nobody signals.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until something holds.</summary>
    public static async Task HoldsAsync(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        for (var left = Patience; !holds(); left -= Look)
        {
            Assert.True(left > TimeSpan.Zero, $"It did not become so: {what}");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
