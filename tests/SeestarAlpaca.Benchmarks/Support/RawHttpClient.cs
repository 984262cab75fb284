using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>A client that is cheaper than what it measures: one connection that is kept, bodies read into one buffer and forgotten.</summary>
/// <remarks>Not thread safe. Understands what the servers measured here send: a Content-Length, or chunks.</remarks>
internal sealed class RawHttpClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _start;
    private int _end;

    private RawHttpClient(int id) => Id = id;

    /// <summary>Who it is to a camera.</summary>
    public int Id { get; }

    /// <summary>When the first byte of the last body had been read.</summary>
    public long FirstByteAt { get; private set; }

    public static async Task<RawHttpClient> ConnectAsync(int port, int id = 1)
    {
        var client = new RawHttpClient(id);
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return client;
    }

    /// <summary>The bytes of a body, which is forgotten.</summary>
    public Task<long> GetAsync(string path, string accept = "application/json") =>
        SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n");

    /// <summary>Puts a form; the bytes of the answer's body.</summary>
    public Task<long> PutAsync(string path, string form) => SendAsync(
        $"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");

    /// <summary>The body of the last answer, as far as it is in the buffer: all of it when it was short.</summary>
    public string LastBody { get; private set; } = "";

    public void Dispose() => _socket.Dispose();

    private async Task<long> SendAsync(string request)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var head = await ReadHeadAsync();
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new IOException($"The server answered: {head.Split('\r')[0]}");
        }

        await NeedAsync(1);
        FirstByteAt = TimeProvider.System.GetTimestamp();
        if (Field(head, "content-length") is { } length)
        {
            LastBody = length < 2000 ? await TextAsync((int)length) : "";
            await SkipAsync(length - LastBody.Length);
            return length;
        }

        return await SkipChunksAsync();
    }

    private async Task<string> TextAsync(int length)
    {
        while (_end - _start < length)
        {
            await ReadMoreAsync();
        }

        var text = Encoding.ASCII.GetString(_buffer, _start, length);
        _start += length;
        return text;
    }

    private async Task<long> SkipChunksAsync()
    {
        var total = 0L;
        while (true)
        {
            var size = long.Parse(await ReadLineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await SkipAsync(size + 2);
            if (size == 0)
            {
                return total;
            }

            total += size;
        }
    }

    private async Task<string> ReadHeadAsync() => await ReadToAsync("\r\n\r\n"u8.ToArray());

    private async Task<string> ReadLineAsync() => await ReadToAsync("\r\n"u8.ToArray());

    private async Task<string> ReadToAsync(byte[] end)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf(end)) < 0)
        {
            await ReadMoreAsync();
        }

        var text = Encoding.ASCII.GetString(_buffer, _start, at);
        _start += at + end.Length;
        return text;
    }

    private async Task NeedAsync(int count)
    {
        while (_end - _start < count)
        {
            await ReadMoreAsync();
        }
    }

    private async Task SkipAsync(long count)
    {
        while (count > 0)
        {
            var held = (int)Math.Min(count, _end - _start);
            (_start, count) = (_start + held, count - held);
            if (count > 0)
            {
                await ReadMoreAsync();
            }
        }
    }

    private async Task ReadMoreAsync()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
    }

    private static long? Field(string head, string name)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line is null ? null : long.Parse(line.AsSpan(name.Length + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
