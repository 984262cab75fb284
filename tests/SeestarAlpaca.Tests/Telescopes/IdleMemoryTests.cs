using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Telescopes;

public sealed class IdleMemoryTests
{
    [Fact]
    public async Task Unused_pictures_are_given_back_when_nobody_has_wanted_any_for_a_minute()
    {
        await using var bench = await RegistryBench.StartAsync([new TelescopeAddress("192.168.1.20")]);
        using var memory = new IdleMemory(bench.Registry, bench.Clock, NullLogger<IdleMemory>.Instance);
        using var kept = new MonoImage(10, 20, bench.Only.Pictures);
        new MonoImage(30, 40, bench.Only.Pictures).Dispose();

        var wish = bench.Only.Session.Demand.Want(FrameWish.Stacks);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, memory.Look());
        wish.Dispose();
        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, memory.Look());
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1200, memory.Look());
        Assert.Equal(0, memory.Look());
        Assert.Equal(200, bench.Only.Pictures.SamplesHeld);
    }
}
