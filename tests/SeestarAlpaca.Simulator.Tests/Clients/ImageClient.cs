using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeestarAlpaca.Simulator.Tests.Clients;

/// <summary>One message of an image port as it came.</summary>
internal sealed record WireFrame(byte[] Header, byte[] Payload)
{
    public int Kind => Header[13];

    public int Form => Header[14];

    public int Id => Header[15];

    public int Width => BinaryPrimitives.ReadUInt16BigEndian(Header.AsSpan(16));

    public int Height => BinaryPrimitives.ReadUInt16BigEndian(Header.AsSpan(18));

    public int ImageId => BinaryPrimitives.ReadUInt16BigEndian(Header.AsSpan(28));

    public string Text => Encoding.ASCII.GetString(Payload);

    public byte[] Whole => [.. Header, .. Payload];

    /// <summary>The samples of a raw or ZIP payload.</summary>
    public ushort[] Samples()
    {
        var bytes = Form == 2 ? Payload : Unzip();
        return Enumerable.Range(0, bytes.Length / 2).Select(i => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i))).ToArray();
    }

    private byte[] Unzip()
    {
        using var archive = new ZipArchive(new MemoryStream(Payload));
        using var entry = Assert.Single(archive.Entries, e => e.FullName == "raw_data").Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>The client's side of an image port, frame by frame.</summary>
internal sealed class ImageClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Stream Stream { get; set; } = Stream.Null;

    public static async Task<ImageClient> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new ImageClient();
        await client._client.ConnectAsync(endPoint, Token);
        client.Stream = client._client.GetStream();
        return client;
    }

    public Task SendAsync(int id, string method) =>
        Stream.WriteAsync(Encoding.ASCII.GetBytes($"{{\"id\":{id},\"method\":\"{method}\"}}\r\n"), Token).AsTask();

    public async Task<WireFrame> AskAsync(int id, string method)
    {
        await SendAsync(id, method);
        return await ReadAsync();
    }

    public async Task<WireFrame> ReadAsync()
    {
        var header = await ReadBytesAsync(80);
        return new WireFrame(header, await ReadBytesAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(6))));
    }

    public async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes, Token).AsTask().WaitAsync(Patience, Token);
        return bytes;
    }

    /// <summary>Everything until the telescope closes the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var bytes = new MemoryStream();
        await Stream.CopyToAsync(bytes, Token).WaitAsync(Patience, Token);
        return bytes.ToArray();
    }

    /// <summary>Reads until the telescope closes or resets the connection.</summary>
    public async Task EndAsync()
    {
        try
        {
            await ReadToEndAsync();
        }
        catch (IOException)
        {
            // A reset.
        }
    }

    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    public void Dispose() => _client.Dispose();
}
