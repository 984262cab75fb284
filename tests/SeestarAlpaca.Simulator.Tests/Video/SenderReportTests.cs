using System.Buffers;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class SenderReportTests
{
    [Fact]
    public void A_report_binds_the_time_of_day_to_the_RTP_time_and_counts_what_was_sent()
    {
        var packets = new RtpPackets(0, 0x11223344, 7);
        packets.Write(new AccessUnit(IsKey: true, [new byte[] { 0x67, 1, 2 }, new byte[] { 0x65, 0x88 }]), 0, new ArrayBufferWriter<byte>());
        var sinceEpoch = DateTimeOffset.Parse("2026-11-20T10:00:00.25Z") - DateTimeOffset.UnixEpoch;

        var bytes = SenderReport.Create(1, 0x11223344, sinceEpoch, packets);

        // 2026-11-20T10:00:00 is 1795168800 s after 1970 and 4004157600 s after 1900; 90000 × 1795168800.25 modulo 2³² is 1407248868.
        Assert.Equal(
            "24010030"
            + "80C80006" + "11223344" + $"{4_004_157_600u:X8}" + "40000000" + $"{1_407_248_868u:X8}" + "00000002" + "00000005"
            + "81CA0004" + "11223344" + "01077365657374617200" + "0000",
            Convert.ToHexString(bytes));
    }
}
