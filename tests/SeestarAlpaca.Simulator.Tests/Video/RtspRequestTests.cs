using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class RtspRequestTests
{
    private const string Options = "OPTIONS rtsp://h:4554/stream RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: x\r\n\r\n";

    public static TheoryData<string, string> Requests => new()
    {
        { Options, "OPTIONS rtsp://h:4554/stream 2" },
        { "OPTIONS * RTSP/1.0\r\nCSeq:1\r\n\r\n", "OPTIONS * 1" },
        { "OPTIONS * RTSP/1.0\nCSeq: 1\n\n", "OPTIONS * 1" },
        { "\r\n\r\nOPTIONS * RTSP/1.0\r\ncseq:   7  \r\n\r\n", "OPTIONS * 7" },
        { "GET_PARAMETER rtsp://h/stream RTSP/1.0\r\nCSeq: 3\r\nContent-Length: 5\r\n\r\nhello" + Options, "GET_PARAMETER rtsp://h/stream 3,OPTIONS rtsp://h:4554/stream 2" },
        { Options + Options, "OPTIONS rtsp://h:4554/stream 2,OPTIONS rtsp://h:4554/stream 2" },
        { "$\u0001\0\u0004abcd" + Options + "$\u0001\0\0", "OPTIONS rtsp://h:4554/stream 2" },
        { "OPTIONS * RTSP/1.0\r\n\r\n", "OPTIONS * " },
        { "OPTIONS * RTSP/1.0\r\nCSeq: -1\r\n\r\n", "OPTIONS * " },
        { "OPTIONS * RTSP/1.0\r\nCSeq: 99999999999\r\n\r\n", "OPTIONS * " },
        { "FOO * RTSP/2.0\r\nCSeq: 1\r\n\r\n", "FOO * 1" },
        { "", "" },
    };

    public static TheoryData<string> Incomplete =>
    [
        "O", "OPTIONS * RTSP/1.0", "OPTIONS * RTSP/1.0\r\n", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r",
        "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 5\r\n\r\nhell", "$", "$\0\0", "$\0\0\u0002a",
    ];

    public static TheoryData<string> Garbage =>
    [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "hello\r\n\r\n", "OPTIONS  * RTSP/1.0\r\n\r\n", "OPTIONS * RTSP/1.0 x\r\n\r\n", "OPTIONS * RTSP/1.0\r\nno colon\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\n: x\r\n\r\n", "OPTIONS * RTSP/1.0\r\nA B: x\r\n\r\n", "OPTIONS * RTSP/1.0\r\nA: x\0\r\n\r\n", "OPTIONS \u0001 RTSP/1.0\r\n\r\n",
        "{\"id\":1}\r\n\r\n", "OPT\u00E4 * RTSP/1.0\r\n\r\n", "OPTIONS * RTSP/1.0\r\nContent-Length: 4097\r\n\r\n", "OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nContent-Length: 99999999999\r\n\r\n", new string('a', 8192), "OPTIONS * RTSP/1.0\r\nA: " + new string('a', 8192) + "\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Requests_are_read_however_the_bytes_are_cut(string bytes, string requests)
    {
        foreach (var piece in new[] { 1, 2, 5, 64, 10_000 })
        {
            Assert.Equal(requests, string.Join(',', (await ReadAsync(bytes, piece)).Select(r => $"{r.Method} {r.Target} {r.Sequence}")));
        }
    }

    [Theory]
    [MemberData(nameof(Incomplete))]
    public async Task A_connection_that_dies_within_a_request_or_a_packet_is_an_error(string bytes) =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(bytes, 64));

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_can_never_be_a_request_is_an_error(string bytes) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(bytes, 64));

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Not_yet_a_request_leaves_the_bytes_as_they_are(string bytes)
    {
        var input = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(bytes));

        Assert.False(RtspRequest.TryRead(ref input, out _));
        Assert.Equal(bytes.Length, input.Length);
    }

    [Fact]
    public async Task Headers_are_found_in_any_case_and_those_sent_twice_are_joined()
    {
        var request = Assert.Single(await ReadAsync("SETUP rtsp://h/stream RTSP/1.0\r\nCSeq: 1\r\ntransport: a;b\r\nTRANSPORT: c\r\n\r\n", 64));

        Assert.Equal("a;b,c", request.Header("Transport"));
        Assert.Null(request.Header("Session"));
    }

    private static async Task<List<RtspRequest>> ReadAsync(string text, int piece)
    {
        var pipe = new Pipe();
        var requests = new List<RtspRequest>();
        var token = TestContext.Current.CancellationToken;
        var writing = Task.Run(
            async () =>
            {
                foreach (var bytes in Encoding.Latin1.GetBytes(text).Chunk(piece))
                {
                    await pipe.Writer.WriteAsync(bytes, token);
                }

                await pipe.Writer.CompleteAsync();
            },
            token);
        await foreach (var request in RtspReader.ReadAsync(pipe.Reader, () => { }, token))
        {
            requests.Add(request);
        }

        await writing;
        return requests;
    }
}
