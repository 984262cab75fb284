using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class DnsMessageTests
{
    private const string OneAnswer = "0000 8400 0000 0001 0000 0000";
    private const string Seestar = "07 'seestar' 05 'local' 00";

    /// <summary>A legacy unicast answer as RFC 6762 §6.7 describes it: the question repeated, names compressed, short life.</summary>
    private const string Answer = $"""
        1234 8400 0001 0002 0000 0000
        {Seestar} 0001 0001
        C00C 0001 0001 0000000A 0004 C0A80114
        C00C 001C 0001 0000000A 0010 20010DB8 00000000 00000000 00000001
        """;

    [Fact]
    public void A_query_asks_for_the_IPv4_and_the_IPv6_address()
    {
        var query = DnsMessage.BuildQuery(0x1234, "seestar-2.local");

        Assert.Equal(
            Bytes.Of("1234 0000 0002 0000 0000 0000 09 'seestar-2' 05 'local' 00 0001 0001 09 'seestar-2' 05 'local' 00 001C 0001"),
            query);
    }

    [Fact]
    public void A_query_is_read_back()
    {
        Assert.True(DnsMessage.TryParse(DnsMessage.BuildQuery(7, "seestar.local"), out var message));

        Assert.True(message.IsQuery);
        Assert.False(message.IsAnswer);
        Assert.Equal(7, message.Id);
        Assert.Equal([new DnsQuestion("seestar.local", 1, 1), new DnsQuestion("seestar.local", 28, 1)], message.Questions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("seestar..local")]
    [InlineData("seestar.local.")]
    [InlineData("séestar.local")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123.local")]
    public void No_query_is_made_for_what_is_no_name(string name)
    {
        Assert.Throws<ArgumentException>(() => DnsMessage.BuildQuery(0, name));
    }

    [Fact]
    public void An_answer_gives_its_addresses()
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of(Answer), out var message));

        Assert.True(message.IsAnswer);
        Assert.Equal(0x1234, message.Id);
        Assert.Equal([new DnsQuestion("seestar.local", 1, 1)], message.Questions);
        Assert.Equal(
            [
                new DnsAddress("seestar.local", IPAddress.Parse("192.168.1.20"), TimeSpan.FromSeconds(10)),
                new DnsAddress("seestar.local", IPAddress.Parse("2001:db8::1"), TimeSpan.FromSeconds(10)),
            ],
            message.Addresses);
    }

    [Fact]
    public void The_same_bytes_cut_anywhere_are_no_message()
    {
        var bytes = Bytes.Of(Answer);

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.False(DnsMessage.TryParse(bytes.AsSpan(0, length), out _)));
    }

    [Fact]
    public void Bytes_after_the_last_record_do_not_matter()
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of(Answer + " DEADBEEF"), out var message));

        Assert.Equal(2, message.Addresses.Count);
    }

    [Theory]
    [InlineData("0000 8400 0000 0000 0001 0000", "authority")]
    [InlineData("0000 8400 0000 0000 0000 0001", "additional")]
    public void Addresses_count_in_every_section(string header, string section)
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of($"{header} {Seestar} 0001 0001 00000078 0004 0A000001"), out var message));

        Assert.True(message.Addresses.Count == 1, section);
    }

    [Fact]
    public void The_cache_flush_bit_is_no_part_of_the_class()
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of($"{OneAnswer} {Seestar} 0001 8001 00000078 0004 0A000001"), out var message));

        Assert.Equal("10.0.0.1", Assert.Single(message.Addresses).Address.ToString());
    }

    [Fact]
    public void Other_records_and_classes_are_skipped()
    {
        var bytes = Bytes.Of($"""
            0000 8400 0000 0003 0000 0000
            {Seestar} 0010 0001 00000078 0003 02 'hi'
            {Seestar} 0001 0003 00000078 0002 ABCD
            {Seestar} 0001 0001 00000078 0004 0A000001
            """);

        Assert.True(DnsMessage.TryParse(bytes, out var message));

        Assert.Equal("10.0.0.1", Assert.Single(message.Addresses).Address.ToString());
    }

    [Theory]
    [InlineData("0000 8400 0000 0000 0000 0000", true)]
    [InlineData("0000 8580 0000 0000 0000 0000", true)]
    [InlineData("0000 0000 0000 0000 0000 0000", false)]
    [InlineData("0000 A400 0000 0000 0000 0000", false)]
    [InlineData("0000 8403 0000 0000 0000 0000", false)]
    public void An_answer_is_a_response_to_an_ordinary_query_without_error(string header, bool isAnswer)
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of(header), out var message));

        Assert.Equal(isAnswer, message.IsAnswer);
    }

    [Theory]
    [InlineData($"0000 8400 0000 0002 0000 0000 {Seestar} 0001 0001 00000078 0004 0A000001", "counts one record too many")]
    [InlineData("0000 8400 FFFF FFFF FFFF FFFF", "counts what is not there")]
    [InlineData($"{OneAnswer} C00C 0001 0001 00000078 0004 0A000001", "a pointer to itself")]
    [InlineData($"{OneAnswer} C00E C00C 0001 0001 00000078 0004 0A000001", "two pointers in a circle")]
    [InlineData($"{OneAnswer} C01C 0001 0001 00000078 0004 0A000001 {Seestar}", "a pointer forwards")]
    [InlineData($"{OneAnswer} 01 'a' C00C 0001 0001 00000078 0004 0A000001", "a name that contains itself")]
    [InlineData($"{OneAnswer} C0FF 0001 0001 00000078 0004 0A000001", "a pointer beyond the end")]
    [InlineData($"{OneAnswer} 01 'a' C0", "half a pointer")]
    [InlineData($"{OneAnswer} 07 'see'", "half a label")]
    [InlineData($"{OneAnswer} 40 00000000 0001 0001 00000078 0004 0A000001", "a label of 64")]
    [InlineData($"{OneAnswer} 80 00000000 0001 0001 00000078 0004 0A000001", "a label of a kind that does not exist")]
    [InlineData($"{OneAnswer} {Seestar} 0001 0001 00000078 0003 0A0000", "an IPv4 address of 3 bytes")]
    [InlineData($"{OneAnswer} {Seestar} 001C 0001 00000078 0004 0A000001", "an IPv6 address of 4 bytes")]
    [InlineData($"{OneAnswer} {Seestar} 0001 0001 00000078 FFFF 0A000001", "data that is not there")]
    public void What_cannot_be_right_is_no_message(string bytes, string why)
    {
        Assert.False(DnsMessage.TryParse(Bytes.Of(bytes), out _), why);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("01 'b'", true)]
    [InlineData("02 'bb'", false)]
    [InlineData("01 'b' 01 'b'", false)]
    public void A_name_has_at_most_255_bytes(string last, bool accepted)
    {
        var name = string.Concat(Enumerable.Repeat("01 'a' ", 126)) + last + " 00";

        Assert.Equal(accepted, DnsMessage.TryParse(Bytes.Of($"{OneAnswer} {name} 0001 0001 00000078 0004 0A000001"), out _));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void A_chain_of_pointers_is_followed_so_far_and_no_farther(int pointers, bool accepted)
    {
        // The data of a first record, at 0x17, is a name and then pointers, each to the one before; the second record's name is the last.
        const int Name = 0x17;
        const int Pointers = Name + 3;
        var inData = Enumerable.Range(0, pointers - 1).SelectMany(i => Pointer(i == 0 ? Name : Pointers + (2 * (i - 1))));
        var last = Pointer(pointers == 1 ? Name : Pointers + (2 * (pointers - 2)));

        byte[] bytes =
        [
            .. Bytes.Of($"0000 8400 0000 0002 0000 0000 00 0010 0001 00000000 {3 + (2 * (pointers - 1)):X4} 01 'a' 00"),
            .. inData,
            .. last,
            .. Bytes.Of("0001 0001 00000078 0004 0A000001"),
        ];

        Assert.Equal(accepted, DnsMessage.TryParse(bytes, out _));
    }

    [Fact]
    public void A_dot_inside_a_label_does_not_divide_it()
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of($"{OneAnswer} 0D 'seestar.local' 00 0001 0001 00000078 0004 0A000001"), out var message));

        Assert.Equal(@"seestar\.local", Assert.Single(message.Addresses).Name);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_as_numbers()
    {
        Assert.True(DnsMessage.TryParse(Bytes.Of($"{OneAnswer} 04 5C2000FF 00 0001 0001 00000078 0004 0A000001"), out var message));

        Assert.Equal(@"\\\032\000\255", Assert.Single(message.Addresses).Name);
    }

    [Fact]
    public void A_message_longer_than_any_is_not_read()
    {
        var bytes = Bytes.Of(Answer);

        Assert.True(DnsMessage.TryParse([.. bytes, .. new byte[DnsMessage.MaxLength - bytes.Length]], out _));
        Assert.False(DnsMessage.TryParse([.. bytes, .. new byte[DnsMessage.MaxLength - bytes.Length + 1]], out _));
    }

    [Fact]
    public void Damaged_messages_never_throw()
    {
        var random = new Random(6762);
        var answer = Bytes.Of(Answer);
        var accepted = 0;

        for (var i = 0; i < 20_000; i++)
        {
            var bytes = answer.ToArray();
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            accepted += DnsMessage.TryParse(bytes, out _) ? 1 : 0;
        }

        Assert.InRange(accepted, 1, 19_999);
    }

    private static byte[] Pointer(int target) => [(byte)(0xC0 | (target >> 8)), (byte)target];
}
