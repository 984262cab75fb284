using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class VideoClipTests
{
    public static TheoryData<byte[], string> Faults => new()
    {
        { [0, 0, 1, 0x67, 100, 0, 40, 0, 0, 1, 0x68, 1], "The clip has 0 pictures, not 240." },
        { TestClip.Stream(239), "The clip has 239 pictures, not 240." },
        { [0, 0, 1, 0x67, 77, 0, 40, 0, 0, 1, 0x68, 1], "The clip has profile 77, not 100 (High)." },
        { [0, 0, 1, 0x65, 0x88], "The clip has no parameter sets." },
        { [0, 0, 1, 0x67, 100, 0, 40, 0, 0, 1, 0x68, 1, 0, 0, 1, 0x65, 0x40], "The clip begins within a picture." },
        { [.. TestClip.Stream(1), .. TestClip.Stream(239)], "Each 30th picture, and no other, is a key frame." },
    };

    [Fact]
    public void A_key_frame_carries_both_parameter_sets_and_other_pictures_carry_none()
    {
        var clip = TestClip.Create();

        Assert.Equal(240, clip.Pictures.Count);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i * 30), clip.Pictures.Index().Where(p => p.Item.IsKey).Select(p => p.Index));
        Assert.Equal([TestClip.Sps, TestClip.Pps, TestClip.Slice(0x65, 30, 3000)], clip.Pictures[30].Units.Select(unit => unit.ToArray()));
        Assert.Equal([TestClip.Slice(0x41, 31, 200)], clip.Pictures[31].Units.Select(unit => unit.ToArray()));
    }

    [Fact]
    public void Slices_of_one_picture_stay_together_and_other_units_are_left_out()
    {
        var stream = TestClip.Stream(239);
        byte[] twoSlices = [0, 0, 1, 0x09, 0xF0, 0, 0, 1, 0x06, 5, 1, 1, 0, 0, 1, 0x41, 0x88, 7, 0, 0, 1, 0x41, 0x40, 8];

        var clip = VideoClip.Parse((byte[])[.. stream, .. twoSlices]);

        Assert.Equal([[0x41, 0x88, 7], [0x41, 0x40, 8]], clip.Pictures[239].Units.Select(unit => unit.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void What_is_not_the_loop_is_told_in_a_sentence(byte[] stream, string sentence)
    {
        var fault = Assert.Throws<InvalidDataException>(() => VideoClip.Parse(stream));

        Assert.Equal(sentence, fault.Message);
    }
}
