using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

public class PayloadStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(256, 3)]
    [InlineData(257, 100)]
    [InlineData(1000, 7)]
    [InlineData(1000, 999)]
    [InlineData(1000, 1000)]
    public async Task The_last_256_bytes_are_remembered_however_they_were_read(int length, int piece)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        await using var payload = new PayloadStream(new MemoryStream([.. bytes, 1, 2, 3]), length);
        var buffer = new byte[piece];
        while (await payload.ReadAsync(buffer, Token) > 0)
        {
        }

        Assert.Equal(bytes.TakeLast(PayloadStream.TailLength), payload.CopyTail());
        Assert.Equal((length, 0), (payload.Passed, payload.Remaining));
    }

    [Fact]
    public void It_ends_after_its_length_and_leaves_the_rest_of_the_connection_alone()
    {
        var source = new MemoryStream([1, 2, 3, 4]);
        using var payload = new PayloadStream(source, 3);

        var read = payload.Read(new byte[10]);

        Assert.Equal(3, read);
        Assert.Equal(0, payload.Read(new byte[10]));
        Assert.Equal(3, source.Position);
    }

    [Fact]
    public async Task Disposing_reads_what_is_left()
    {
        var source = new MemoryStream([1, 2, 3, 4]);

        await new PayloadStream(source, 3).DisposeAsync();

        Assert.Equal(3, source.Position);
    }

    [Fact]
    public void It_cannot_be_rewound_or_written_to()
    {
        using var payload = new PayloadStream(new MemoryStream(), 3);

        Assert.False(payload.CanSeek || payload.CanWrite);
        Assert.Throws<NotSupportedException>(() => payload.Position = 0);
        Assert.Throws<NotSupportedException>(() => payload.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => payload.SetLength(0));
        Assert.Throws<NotSupportedException>(() => payload.Write([1], 0, 1));
    }
}
