using System.Net;
using System.Text;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class ScanMessageTests
{
    /// <summary>The reply of <c>seestar-protocol.md</c> §2.3.</summary>
    private const string Full = """
        {"jsonrpc":"2.0","Timestamp":"4381.996851070","method":"scan_iscope","result":{"product_model":"Seestar S50","sn":"4ddb0535","ssid":"S50_4ddb0535","ip":"192.168.1.246","is_verified":true,"tcp_client_num":0,"can_star_mode_sel_cam":false,"serc":"WPA-PSK","bssid":"aa:bb:cc:dd:ee:ff"},"code":0,"id":201}
        """;

    [Fact]
    public void The_request_is_what_the_app_sends_with_a_plain_word_as_name()
    {
        var request = Encoding.UTF8.GetString(ScanRequest.Build(IPAddress.Parse("192.168.1.20")));

        Assert.Equal("""{"id":201,"method":"scan_iscope","name":"SeestarAlpaca","ip":"192.168.1.20"}""", request);
    }

    [Fact]
    public void A_full_reply_is_read()
    {
        Assert.True(ScanReply.TryParse(Encoding.UTF8.GetBytes(Full), out var reply));

        Assert.Equal(new ScanReply("4ddb0535", "Seestar S50", true, 0), reply);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    [InlineData("\0")]
    public void What_programs_put_after_a_reply_does_not_matter(string rest)
    {
        Assert.True(ScanReply.TryParse(Encoding.UTF8.GetBytes(Full + rest), out _));
    }

    [Theory]
    [InlineData("{}", null, null, null, null)]
    [InlineData("""{"sn":"1"}""", "1", null, null, null)]
    [InlineData("""{"product_model":"Seestar S30 Pro","connect_lock":{"a":[1]}}""", null, "Seestar S30 Pro", null, null)]
    [InlineData("""{"is_verified":false,"tcp_client_num":3}""", null, null, false, 3)]
    [InlineData("""{"sn":7,"product_model":null,"is_verified":"yes","tcp_client_num":"2"}""", null, null, null, null)]
    [InlineData("""{"sn":"  ","tcp_client_num":-1}""", null, null, null, null)]
    [InlineData("""{"sn":"a\u0007b","tcp_client_num":1.5}""", null, null, null, null)]
    [InlineData("""{"sn":"\ud800","tcp_client_num":99999999999}""", null, null, null, null)]
    [InlineData("""{"sn":"01234567890123456789012345678901234567890123456789012345678901234"}""", null, null, null, null)]
    public void Any_subset_of_fields_will_do(string result, string? serial, string? model, bool? isVerified, int? clients)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"method":"scan_iscope","result":{{result}}}""");

        Assert.True(ScanReply.TryParse(bytes, out var reply));

        Assert.Equal(new ScanReply(serial, model, isVerified, clients), reply);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("201")]
    [InlineData("""{"method":"scan_iscope"}""")]
    [InlineData("""{"method":"scan_iscope","result":0}""")]
    [InlineData("""{"method":"scan_iscope","error":"x","code":101,"id":201}""")]
    [InlineData("""{"method":"get_device_state","result":{"sn":"1"}}""")]
    [InlineData("""{"method":["scan_iscope"],"result":{"sn":"1"}}""")]
    [InlineData("""{"result":{"sn":"1"}}""")]
    [InlineData("""{"id":201,"method":"scan_iscope","name":"iphone","ip":"192.168.1.20"}""")]
    [InlineData("""{"method":"scan_iscope","result":{"sn":"1","name":my-phone}}""")]
    [InlineData("""{"method":"scan_iscope","result":{"sn":"1"}""")]
    [InlineData("""{"method":"scan_iscope","result":{"sn":"1"}} and more""")]
    [InlineData("""{"method":"scan_iscope","result":{"sn":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}}""")]
    public void What_is_no_reply_to_a_scan_is_ignored(string datagram)
    {
        Assert.False(ScanReply.TryParse(Encoding.UTF8.GetBytes(datagram), out _));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_not_believed()
    {
        var bytes = Bytes.Of("""'{"method":"scan_iscope","result":{"sn":"' FF '","tcp_client_num":1}}'""");

        Assert.True(ScanReply.TryParse(bytes, out var reply));

        Assert.Equal(new ScanReply(TcpClients: 1), reply);
    }

    [Fact]
    public void A_reply_longer_than_any_is_not_read()
    {
        var bytes = Encoding.UTF8.GetBytes(Full);

        Assert.True(ScanReply.TryParse(Encoding.UTF8.GetBytes(Full.PadRight(ScanReply.MaxLength)), out _));
        Assert.False(ScanReply.TryParse(Encoding.UTF8.GetBytes(Full.PadRight(ScanReply.MaxLength + 1)), out _));
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.False(ScanReply.TryParse(bytes.AsMemory(0, length), out _)));
    }
}
