using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Tests.Control;

public class ControlMessageTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","Timestamp":"1.0","method":"m","result":0,"code":0,"id":7}""", 7, 0, "")]
    [InlineData("""{"method":"m","error":"method not found","code":103,"id":9007199254740993}""", 9007199254740993, 103, "method not found")]
    [InlineData("""{"method":"m","error":"fail to operate","id":1}""", 1, -1, "fail to operate")]
    [InlineData("""{"method":"m","result":true,"id":1}""", 1, 0, "")]
    [InlineData("""{"method":"m","code":1e300,"id":1}""", 1, 0, "")]
    public void A_reply_has_its_id_its_code_and_the_telescopes_words(string line, long id, int code, string error)
    {
        var reply = Assert.IsType<ReplyMessage>(Parse(line));

        Assert.Equal((id, code, error), (reply.Id, reply.Code, reply.Error));
    }

    [Fact]
    public void A_replys_result_is_what_was_sent_or_undefined()
    {
        var with = Assert.IsType<ReplyMessage>(Parse("""{"result":{"str":"abc"},"code":0,"id":1}"""));
        var without = Assert.IsType<ReplyMessage>(Parse("""{"error":"x","code":207,"id":1}"""));

        Assert.Equal("abc", with.Result.GetProperty("str").GetString());
        Assert.Equal(JsonValueKind.Undefined, without.Result.ValueKind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"seven","result":0}""")]
    [InlineData("""{"id":1.5,"result":0}""")]
    [InlineData("""{"Event":7}""")]
    public void An_object_that_is_neither_reply_nor_event_is_nothing(string line)
    {
        Assert.Null(Parse(line));
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("SSH-2.0-OpenSSH_8.4", "is no JSON")]
    [InlineData("""{"temp":nan}""", "is no JSON")]
    [InlineData("{\"a\":1}{\"b\":2}", "is no JSON")]
    [InlineData("[1,2]", "a JSON Array")]
    [InlineData("12", "a JSON Number")]
    public void A_line_that_is_no_JSON_object_is_refused(string line, string complaint)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Parse(line));

        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => Parse($$"""{"a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""));
    }

    [Theory]
    [InlineData("""{"Event":"View","state":"working","target_name":"\ud800","route":[]}""")]
    [InlineData("""{"Event":"View","state":"working","route":["\ud800"]}""")]
    [InlineData("""{"Event":"\ud800"}""")]
    [InlineData("""{"id":1,"error":"\udc00","code":1}""")]
    [InlineData("""{"\ud800":1,"id":1,"result":{"\ud800s":0}}""")]
    public void Texts_that_are_no_characters_are_as_if_they_were_not_there(string line)
    {
        Assert.Null(Record.Exception(() => Parse(line)));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_as_if_the_text_were_not_there()
    {
        byte[] line = [.. "{\"Event\":\"View\",\"mode\":\""u8, 0xC3, 0x28, .. "\",\"route\":[]}"u8];

        var message = Assert.IsType<EventMessage>(ControlMessage.Parse(line));

        Assert.Null(Assert.IsType<ViewEvent>(message.Event).View.Mode);
    }

    [Fact]
    public void A_request_is_one_line_with_the_marker_verify_at_its_top_level()
    {
        var line = Encoding.UTF8.GetString(ControlRequest.Build(5, "get_device_state", new JsonObject { ["keys"] = new JsonArray("device") }));
        var bare = Encoding.UTF8.GetString(ControlRequest.Build(6, "test_connection", null));

        Assert.Equal("""{"id":5,"verify":true,"method":"get_device_state","params":{"keys":["device"]}}""" + "\r\n", line);
        Assert.Equal("""{"id":6,"verify":true,"method":"test_connection"}""" + "\r\n", bare);
    }

    private static ControlMessage? Parse(string line) => ControlMessage.Parse(Encoding.UTF8.GetBytes(line));
}
