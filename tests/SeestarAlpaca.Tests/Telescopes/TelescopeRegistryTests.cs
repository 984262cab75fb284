using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Wire;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Telescopes;

public sealed class TelescopeRegistryTests
{
    private const string Serial = "4ddb0535";
    private const string OtherSerial = "0c0ffee0";
    private const string Name = "seestar.local";

    private static readonly TelescopeAddress Here = new("192.168.1.20");
    private static readonly TelescopeAddress There = new("192.168.1.30");
    private static readonly TelescopeAddress Here6 = new("fe80::20%2");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_and_configured_telescopes_are_listed_from_the_first_moment()
    {
        await using var bench = await RegistryBench.StartAsync([There], before: identities => identities.Recognise(Here, Serial, "Seestar S50", Name));

        Assert.Equal([Here, There], bench.Registry.Telescopes.Select(telescope => telescope.Address));
        Assert.Equal([0u, 1u, 2u, 3u], bench.Numbers);
        Assert.Equal("Seestar S50 4ddb0535", bench.Registry.Telescopes[0].Name);
        Assert.Equal("Seestar 192.168.1.30", bench.Registry.Telescopes[1].Name);
    }

    [Fact]
    public async Task A_configured_address_that_is_known_already_is_no_second_telescope()
    {
        await using var bench = await RegistryBench.StartAsync([Here], before: identities => identities.Recognise(Here, Serial, null, Name));

        Assert.Equal(Serial, bench.Only.Record.Serial);
    }

    [Fact]
    public async Task A_telescope_that_is_found_is_listed_once_however_often()
    {
        await using var bench = await RegistryBench.StartAsync();

        bench.Find(Here, Name);
        var list = bench.Registry.Telescopes;
        bench.Find(Here, Name);

        Assert.Same(list, bench.Registry.Telescopes);
        Assert.Same(bench.Only, bench.Registry.Find(bench.Only.Record.Id));
    }

    [Fact]
    public async Task A_telescope_that_cannot_be_reached_stays_listed_and_is_followed_to_where_it_is_found()
    {
        await using var bench = await RegistryBench.StartAsync();
        bench.Find(Here, Name);
        var telescope = bench.Only;
        await UntilAsync(telescope, now => now.Control.Phase == LinkPhase.Failed);

        bench.Network.Put(There);
        bench.Find(There, Name);
        await UntilAsync(telescope, now => now.Control.Phase == LinkPhase.Open);

        Assert.Same(telescope, bench.Only);
        Assert.Equal(There, telescope.Address);
    }

    [Fact]
    public async Task Two_addresses_of_one_name_are_one_telescope_that_stays_where_it_is_connected()
    {
        await using var bench = await RegistryBench.StartAsync(network: network => network.Put(Here));
        bench.Find(Here, Name);
        await UntilAsync(bench.Only, now => now.Control.Phase == LinkPhase.Open);

        for (var round = 0; round < 3; round++)
        {
            bench.Find(Here6, Name);
            bench.Find(Here, Name);
        }

        Assert.Equal(Here, bench.Only.Address);
        Assert.Equal(0, bench.Network.Attempts(Here6));
    }

    [Fact]
    public async Task Two_addresses_of_one_name_do_not_flap_before_the_telescope_is_connected()
    {
        await using var bench = await RegistryBench.StartAsync(network: network => network.PutSilence(Here));
        bench.Find(Here, Name);

        for (var round = 0; round < 3; round++)
        {
            bench.Find(There, Name);
            bench.Find(Here, Name);
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(Here, bench.Only.Address);
    }

    [Fact]
    public async Task A_telescope_that_was_not_seen_at_its_address_for_long_is_taken_for_moved()
    {
        await using var bench = await RegistryBench.StartAsync(network: network => network.PutSilence(Here));
        bench.Find(Here, Name);

        bench.Clock.Advance(TelescopeRegistry.SeenLately + TimeSpan.FromSeconds(1));
        bench.Find(There, Name);

        Assert.Equal(There, bench.Only.Address);
    }

    [Fact]
    public async Task The_configured_address_does_not_call_back_a_telescope_that_is_found_elsewhere()
    {
        await using var bench = await RegistryBench.StartAsync([Here]);
        bench.Find(Here, Name);
        await UntilAsync(bench.Only, now => now.Control.Phase == LinkPhase.Failed);
        bench.Find(There, Name);

        bench.Registry.Take(new FoundTelescope(Here, TelescopeSource.Configured));

        Assert.Equal(There, bench.Only.Address);
    }

    [Fact]
    public async Task A_serial_number_found_at_a_telescopes_address_is_its_own()
    {
        await using var bench = await RegistryBench.StartAsync();
        bench.Find(Here, Name);
        var telescope = bench.Only;

        bench.Find(Here, serial: Serial.ToUpperInvariant());

        Assert.Same(telescope, bench.Only);
        Assert.Equal(Serial, telescope.Record.Serial);
    }

    [Fact]
    public async Task Name_and_serial_number_are_put_together_in_whatever_order_they_come()
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(There, Serial, "Seestar S50", "old.local"));

        bench.Find(Here, Name);
        Assert.Equal(2, bench.Registry.Telescopes.Count);
        bench.Find(Here, serial: Serial);

        Assert.Equal(Here, bench.Only.Address);
        Assert.Equal([0u, 1u], bench.Numbers);
        Assert.Contains(Name, bench.Only.Record.Bindings);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 4)]
    public async Task A_telescope_that_turns_out_to_be_a_known_one_leaves_its_cameras_behind_only_where_a_client_may_know_them(bool settled, int cameras)
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(There, Serial, "Seestar S50", "old.local"));
        bench.Find(Here, Name);
        bench.Clock.Advance(settled ? TelescopeRegistry.Settled : TimeSpan.FromSeconds(5));

        bench.Find(Here, serial: Serial);

        Assert.Equal(cameras, bench.Numbers.Length);
        Assert.Equal(Serial, bench.Only.Record.Serial);
    }

    [Fact]
    public async Task A_camera_that_a_client_has_connected_lives_on()
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(There, Serial, "Seestar S50", "old.local"));
        bench.Find(Here, Name);
        bench.Registry.Telescopes[1].Use();

        bench.Find(Here, serial: Serial);

        Assert.Equal([0u, 1u, 2u, 3u], bench.Numbers);
    }

    [Fact]
    public async Task What_a_session_tells_is_noted()
    {
        await using var bench = await RegistryBench.StartAsync([Here], network: network => network.Put(Here, Serial));

        await Eventually.HoldsAsync(() => bench.Only.Record.Serial == Serial);

        Assert.Equal("Seestar S50", Assert.Single(bench.Identities.Telescopes).Model);
    }

    [Fact]
    public async Task A_session_that_finds_itself_with_a_known_telescope_makes_way_for_that_ones_and_ends()
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(There, Serial, "Seestar S50", "old.local"));
        var fake = bench.Network.Put(Here, Serial);

        bench.Find(Here, Name);
        await Eventually.HoldsAsync(() => bench.Registry.Telescopes is [{ Record.Serial: Serial, IsConnected: true }]);

        Assert.Equal(Here, bench.Only.Address);
        var first = await fake.Controls.Reader.ReadAsync(Token);
        await first.Ended.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_telescope_at_another_ones_address_is_not_shown_as_that_one()
    {
        // The router has given both new addresses overnight.
        await using var bench = await RegistryBench.StartAsync(
            before: identities =>
            {
                identities.Recognise(Here, Serial, "Seestar S50", Name);
                identities.Recognise(There, OtherSerial, "Seestar S50", "seestar-2.local");
            },
            network: network =>
            {
                network.Put(Here, OtherSerial);
                network.Put(There, Serial);
            });

        await Eventually.HoldsAsync(() => bench.Registry.Telescopes.Count(telescope => telescope.IsConnected) == 2
            && bench.Registry.Telescopes.Single(telescope => telescope.Record.Serial == Serial).Address == There
            && bench.Registry.Telescopes.Single(telescope => telescope.Record.Serial == OtherSerial).Address == Here);

        Assert.Equal([0u, 1u, 2u, 3u], bench.Numbers);
        Assert.All(bench.Registry.Telescopes, telescope => Assert.Contains(telescope.Session.Snapshot.Telescope.Serial, new[] { null, telescope.Record.Serial }));
    }

    [Fact]
    public async Task A_telescope_whose_address_another_one_has_says_so_until_it_is_found()
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(Here, Serial, "Seestar S50", Name));
        bench.Network.Put(Here);
        var wrong = bench.Only;

        bench.Find(Here, serial: OtherSerial);

        var lost = bench.Registry.Telescopes[0];
        Assert.Equal((Serial, null), (lost.Record.Serial, lost.Address));
        Assert.NotSame(wrong, lost);
        await UntilAsync(lost, now => now.Control.Phase == LinkPhase.Failed);
        Assert.Contains("Another telescope", lost.State.Text, StringComparison.Ordinal);
        bench.Find(There, serial: Serial);
        Assert.Equal(There, lost.Address);
        Assert.Equal([0u, 1u, 2u, 3u], bench.Numbers);
    }

    [Fact]
    public async Task A_forgotten_telescope_is_gone_at_once_and_comes_back_with_new_numbers()
    {
        await using var bench = await RegistryBench.StartAsync();
        var fake = bench.Network.Put(Here);
        bench.Find(Here, Name);
        var control = await fake.Controls.Reader.ReadAsync(Token);

        Assert.True(bench.Registry.Forget(bench.Only.Record.Id));
        Assert.Empty(bench.Registry.Telescopes);
        Assert.False(bench.Registry.Forget(Guid.NewGuid()));
        await control.Ended.WaitAsync(TimeSpan.FromSeconds(20), Token);
        bench.Find(Here, Name);

        Assert.Equal([2u, 3u], bench.Numbers);
    }

    [Fact]
    public async Task The_list_changes_when_a_telescope_gets_another_ones_cameras()
    {
        await using var bench = await RegistryBench.StartAsync(before: identities => identities.Recognise(There, Serial, "Seestar S50", "old.local"));
        bench.Find(Here, Name);
        bench.Registry.Telescopes[1].Use();
        var list = bench.Registry.Telescopes;

        bench.Find(Here, serial: Serial);

        Assert.NotSame(list, bench.Registry.Telescopes);
    }

    [Fact]
    public async Task The_end_of_the_server_ends_all_sessions()
    {
        FakeControlPort control;
        await using (var bench = await RegistryBench.StartAsync())
        {
            var fake = bench.Network.Put(Here);
            bench.Find(Here, Name);
            control = await fake.Controls.Reader.ReadAsync(Token);
        }

        await control.Ended.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    private static async Task UntilAsync(Telescope telescope, Func<SessionSnapshot, bool> condition)
    {
        for (var next = telescope.Session.Changed.Next; !condition(telescope.Session.Snapshot); next = telescope.Session.Changed.Next)
        {
            await next.WaitAsync(TimeSpan.FromSeconds(20), Token);
        }
    }
}
