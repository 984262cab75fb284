using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Identity;

public sealed class IdentityStoreTests : IDisposable
{
    private const string Serial = "4ddb0535";
    private const string OtherSerial = "0c0ffee0";

    private static readonly TelescopeAddress Here = new("192.168.1.20");
    private static readonly TelescopeAddress There = new("192.168.1.30");

    private readonly TemporaryFolder _folder = new();

    private string FileName => _folder.File("telescopes.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_nothing_is_known() => Assert.Empty(Open().Telescopes);

    [Fact]
    public void A_new_telescope_gets_the_next_two_numbers_and_UniqueIDs_of_its_own()
    {
        var store = Open();

        var first = store.Recognise(Here, null, null, "one.local");
        var second = store.Recognise(There, null, null, "two.local");

        Assert.Equal([(CameraFormat.LiveStack, 0u), (CameraFormat.LiveStackRgb, 1u)], first.Cameras.Select(camera => (camera.Format, camera.Number)));
        Assert.Equal([2u, 3u], second.Cameras.Select(camera => camera.Number));
        Assert.Equal(4, first.Cameras.Concat(second.Cameras).Select(camera => camera.UniqueId).Distinct().Count());
    }

    [Fact]
    public void Everything_survives_reopening()
    {
        var store = Open();
        var record = store.Recognise(Here, Serial, "Seestar S50", "seestar.local");
        store.LearnSize(record.Id, 1080, 1920);
        var before = Assert.Single(store.Telescopes);

        var after = Assert.Single(Open().Telescopes);

        Assert.Equal(before with { Bindings = after.Bindings, Cameras = after.Cameras, Choices = after.Choices }, after);
        Assert.Equal(before.Bindings, after.Bindings);
        Assert.Equal(before.Cameras, after.Cameras);
        Assert.Equal((1080, 1920), (after.StackWidth, after.StackHeight));
    }

    [Fact]
    public void A_format_that_is_chosen_gets_a_number_of_its_own_and_has_it_for_ever()
    {
        var store = Open();
        var first = store.Recognise(Here, Serial, "Seestar S50", "seestar.local");
        store.Recognise(There, "5eee0001", "Seestar S50", "seestar-2.local");

        store.Choose(first.Id, new CameraChoices { Formats = [CameraFormat.LatestSub] });
        var chosen = store.Find(first.Id)!.Cameras;
        store.Choose(first.Id, new CameraChoices());
        store.Choose(first.Id, new CameraChoices { Formats = [CameraFormat.Luminance, CameraFormat.LatestSub] });
        var again = Open().Find(first.Id)!.Cameras;

        Assert.Equal([(CameraFormat.LiveStack, 0u), (CameraFormat.LiveStackRgb, 1u), (CameraFormat.LatestSub, 4u)], chosen.Select(camera => (camera.Format, camera.Number)));
        Assert.Equal([.. chosen, again[^1]], again);
        Assert.Equal((CameraFormat.Luminance, 5u), (again[^1].Format, again[^1].Number));
    }

    [Fact]
    public void A_configured_format_is_there_for_telescopes_that_were_known_before_and_a_wide_camera_where_the_model_has_one()
    {
        Open().Recognise(Here, Serial, "Seestar S50", "seestar.local");

        var store = new IdentityStore(_folder.File("telescopes.json"), NullLogger<IdentityStore>.Instance, [CameraFormat.Luminance, CameraFormat.Wide]);
        var unknown = store.Recognise(There, "5eee0001", null, "seestar-2.local");
        var s30 = store.Recognise(There, "5eee0001", "Seestar S30", "seestar-2.local");

        Assert.Equal([CameraFormat.LiveStack, CameraFormat.LiveStackRgb, CameraFormat.Luminance], store.Telescopes[0].Cameras.Select(camera => camera.Format));
        Assert.Equal([3u, 4u, 5u], unknown.Cameras.Select(camera => camera.Number));
        Assert.Equal([.. unknown.Cameras, s30.Cameras[^1]], s30.Cameras);
        Assert.Equal((CameraFormat.Wide, 6u), (s30.Cameras[^1].Format, s30.Cameras[^1].Number));
    }

    [Fact]
    public void A_serial_number_that_is_learnt_later_only_annotates()
    {
        var store = Open();
        var before = store.Recognise(Here, null, null, "seestar.local");

        store.LearnSerial(before.Id, Serial, "Seestar S50", keepCameras: false, keepAddress: false);

        var after = Assert.Single(store.Telescopes);
        Assert.Equal((before.Id, Serial, "Seestar S50"), (after.Id, after.Serial, after.Model));
        Assert.Equal(before.Cameras, after.Cameras);
    }

    [Fact]
    public void A_known_serial_number_is_not_replaced_by_another()
    {
        var store = Open();
        var before = store.Recognise(Here, Serial, null, "seestar.local");

        store.LearnSerial(before.Id, OtherSerial, null, keepCameras: true, keepAddress: false);

        Assert.Equal(Serial, Assert.Single(store.Telescopes).Serial);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Two_records_of_one_serial_number_become_one(bool keepCameras, bool keepAddress)
    {
        var store = Open();
        var known = store.Recognise(Here, Serial, "Seestar S50", "seestar.local");
        var provisional = store.Recognise(There, null, null, "seestar-2.local");

        store.LearnSerial(provisional.Id, Serial, null, keepCameras, keepAddress);

        var one = Assert.Single(store.Telescopes);
        Assert.Equal((known.Id, Serial, "Seestar S50"), (one.Id, one.Serial, one.Model));
        Assert.Equal((keepAddress ? Here : There).ToString(), one.Address);
        Assert.Equal(["seestar.local", "seestar-2.local"], one.Bindings);
        Assert.Equal(keepCameras ? [.. known.Cameras, .. provisional.Cameras] : known.Cameras, one.Cameras);
        Assert.Equal(one.Cameras, Assert.Single(Open().Telescopes).Cameras);
    }

    [Fact]
    public void The_end_of_a_record_is_saved_even_where_the_other_one_does_not_change()
    {
        var store = Open();
        var known = store.Recognise(Here, Serial, "Seestar S50", "seestar.local");
        var provisional = store.Recognise(There, null, null, "seestar-2.local");
        store.Displace(provisional.Id);

        store.LearnSerial(provisional.Id, Serial, null, keepCameras: false, keepAddress: true);

        Assert.Equal(known.Id, Assert.Single(Open().Telescopes).Id);
    }

    [Fact]
    public void The_numbers_of_a_forgotten_telescope_are_not_given_to_another()
    {
        var store = Open();
        var gone = store.Recognise(Here, null, null, "seestar.local");

        store.Forget(gone.Id);
        store.Forget(Guid.NewGuid());
        var next = Open().Recognise(There, null, null, "seestar.local");

        Assert.Equal([2u, 3u], next.Cameras.Select(camera => camera.Number));
        Assert.NotEqual(gone.Id, next.Id);
    }

    [Fact]
    public void A_telescope_that_moved_is_known_by_its_serial_number()
    {
        var store = Open();
        var before = store.Recognise(Here, Serial, null, "seestar.local");

        var after = store.Recognise(There, Serial, null, "seestar-3.local");

        Assert.Equal((before.Id, There.ToString()), (after.Id, after.Address));
        Assert.Equal(["seestar.local", "seestar-3.local"], after.Bindings);
    }

    [Fact]
    public void A_telescope_that_moved_is_known_by_its_name_while_it_has_no_serial_number()
    {
        var store = Open();
        var before = store.Recognise(Here, null, null, "seestar.local");

        Assert.Equal(before.Id, store.Recognise(There, null, null, "seestar.local").Id);
        Assert.Equal(before.Id, store.Recognise(Here, Serial, null, "seestar.local").Id);
    }

    [Fact]
    public void What_is_found_at_the_address_of_a_known_telescope_is_that_telescope_and_its_name_is_remembered()
    {
        var store = Open();
        var before = store.Recognise(Here, null, null, Here.ToString());

        var after = store.Recognise(Here, null, null, "seestar.local");

        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Id, store.Recognise(There, null, null, "seestar.local").Id);
    }

    [Fact]
    public void Address_and_name_of_another_serial_numbers_record_are_taken_away_from_it_and_not_its_identity()
    {
        var store = Open();
        var first = store.Recognise(Here, Serial, null, "seestar.local");

        var second = store.Recognise(Here, OtherSerial, null, "seestar.local");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Null(store.Find(first.Id)!.Address);
        Assert.Empty(store.Find(first.Id)!.Bindings);
        Assert.Equal(second.Id, store.Recognise(Here, null, null, "seestar.local").Id);
        Assert.Equal(first.Id, store.Recognise(There, Serial, null, "seestar.local").Id);
    }

    [Fact]
    public void A_match_changes_nothing()
    {
        var store = Open();
        var known = store.Recognise(Here, Serial, null, "seestar.local");
        var before = File.ReadAllText(FileName);

        Assert.Equal(known.Id, store.Match(There, Serial, "other.local")!.Id);
        Assert.Equal(known.Id, store.Match(Here, null, "other.local")!.Id);
        Assert.Equal(known.Id, store.Match(There, null, "seestar.local")!.Id);
        Assert.Null(store.Match(Here, OtherSerial, "seestar.local"));
        Assert.Null(store.Match(There, null, "other.local"));
        Assert.Equal(before, File.ReadAllText(FileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"telescopes":null}""")]
    [InlineData("""{"telescopes":[{"address":"192.168.1.20"}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","address":"!","cameras":[{"format":"liveStack","number":0,"uniqueId":"00000000-0000-0000-0000-000000000002"}]}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":[]}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":null}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":[{"format":"cube","number":0,"uniqueId":"00000000-0000-0000-0000-000000000002"}]}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":[{"format":"liveStack","number":0,"uniqueId":"00000000-0000-0000-0000-000000000002"},{"format":"liveStackRgb","number":0,"uniqueId":"00000000-0000-0000-0000-000000000003"}]}]}""")]
    [InlineData("""{"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":[{"format":"liveStack","number":0,"uniqueId":"00000000-0000-0000-0000-000000000002"},{"format":"liveStackRgb","number":1,"uniqueId":"00000000-0000-0000-0000-000000000002"}]}]}""")]
    public void A_damaged_file_is_told_in_a_sentence_and_left_alone(string content)
    {
        File.WriteAllText(FileName, content);

        var refused = Assert.Throws<InvalidDataException>(Open);

        Assert.StartsWith(FileName, refused.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", refused.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FileName));
    }

    [Fact]
    public void A_number_is_not_given_twice_even_where_the_file_forgot_the_next_one()
    {
        File.WriteAllText(
            FileName,
            """{"nextNumber":0,"telescopes":[{"id":"00000000-0000-0000-0000-000000000001","cameras":[{"format":"liveStack","number":7,"uniqueId":"00000000-0000-0000-0000-000000000002"}]}]}""");

        Assert.Equal([8u, 9u], Open().Recognise(Here, null, null, "seestar.local").Cameras.Select(camera => camera.Number));
    }

    [Fact]
    public void The_file_is_whole_at_every_moment()
    {
        var store = Open();
        var id = store.Recognise(Here, Serial, null, "seestar.local").Id;
        using var before = File.OpenRead(FileName);

        store.LearnSize(id, 1080, 1920);

        // Written over, the file that is open would hold the new contents; replaced by renaming, it holds the old ones.
        using var reader = new StreamReader(before);
        Assert.DoesNotContain("1920", reader.ReadToEnd(), StringComparison.Ordinal);
        Assert.Contains("1920", File.ReadAllText(FileName), StringComparison.Ordinal);
        Assert.Equal([FileName], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_is_left_of_a_write_that_was_cut_off_does_no_harm()
    {
        var store = Open();
        store.Recognise(Here, Serial, null, "seestar.local");
        File.WriteAllText(FileName + ".new", "{ \"telesc");

        var again = Open();
        again.Recognise(There, Serial, null, "seestar.local");

        Assert.Equal(There.ToString(), Assert.Single(Open().Telescopes).Address);
    }

    [Fact]
    public void A_file_that_cannot_be_written_does_not_keep_anybody_from_working_and_is_tried_again()
    {
        Directory.CreateDirectory(FileName + ".new");
        var store = Open();

        var record = store.Recognise(Here, Serial, null, "seestar.local");
        Assert.Equal(record.Id, Assert.Single(store.Telescopes).Id);
        Directory.Delete(FileName + ".new");
        store.LearnSize(record.Id, 1080, 1920);

        Assert.Equal(record.Id, Assert.Single(Open().Telescopes).Id);
    }

    [Fact]
    public void Nothing_is_written_where_nothing_changed()
    {
        var store = Open();
        store.Recognise(Here, Serial, null, "seestar.local");
        File.Delete(FileName);

        store.Recognise(Here, Serial, null, "seestar.local");

        Assert.False(File.Exists(FileName));
    }

    private IdentityStore Open() => new(FileName, NullLogger<IdentityStore>.Instance);
}
