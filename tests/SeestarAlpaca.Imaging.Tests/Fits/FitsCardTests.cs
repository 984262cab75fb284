using System.Text;
using SeestarAlpaca.Imaging.Fits;

namespace SeestarAlpaca.Imaging.Tests.Fits;

public sealed class FitsCardTests
{
    [Theory]
    [InlineData("OBJECT  = 'M 94    '           / name", "M 94", " name")]
    [InlineData("OBJECT  = 'Barnard''s Star'", "Barnard's Star", null)]
    [InlineData("OBJECT  = ''", "", null)]
    [InlineData("OBJECT  = ''''", "'", null)]
    [InlineData("OBJECT  = '''a'' / b' /c", "'a' / b", "c")]
    [InlineData("OBJECT  = '  two spaces before'", "  two spaces before", null)]
    [InlineData("OBJECT  = 'never closed / no comment", "never closed / no comment", null)]
    [InlineData("OBJECT  ='M 94'/tight", "M 94", "tight")]
    [InlineData("OBJECT  =          'M 94'", "M 94", null)]
    public void Strings_are_read_without_their_quotes(string line, string value, string? comment)
    {
        var card = Parse(line);

        Assert.Equal("OBJECT", card.Keyword);
        Assert.Equal(value, card.GetString());
        Assert.Equal(comment, card.Comment);
        Assert.Null(card.GetInteger());
        Assert.Null(card.GetDouble());
        Assert.Null(card.GetBoolean());
    }

    [Theory]
    [InlineData("GAIN    =                   80 / Gain Value", 80L, 80.0)]
    [InlineData("GAIN    = -7", -7L, -7.0)]
    [InlineData("GAIN    =+7/plus", 7L, 7.0)]
    [InlineData("GAIN    =                  10. / seconds", 10L, 10.0)]
    [InlineData("GAIN    =     2.90000009536743", null, 2.90000009536743)]
    [InlineData("GAIN    = 1.5D+02", 150L, 150.0)]
    [InlineData("GAIN    = -1.5E-2", null, -0.015)]
    [InlineData("GAIN    = 9007199254740993", 9007199254740993L, 9007199254740992.0)]
    [InlineData("GAIN    = 1E300", null, 1E300)]
    [InlineData("GAIN    = 1E400", null, null)]
    [InlineData("GAIN    = NaN", null, null)]
    [InlineData("GAIN    = (1, 2)", null, null)]
    [InlineData("GAIN    =           / undefined", null, null)]
    [InlineData("GAIN    =", null, null)]
    public void Numbers_are_read_in_every_form(string line, long? integer, double? real)
    {
        var card = Parse(line);

        Assert.Equal(integer, card.GetInteger());
        Assert.Equal(real, card.GetDouble());
        Assert.Null(card.GetString());
    }

    [Theory]
    [InlineData("SIMPLE  =                    T / standard", true)]
    [InlineData("SIMPLE  = F", false)]
    [InlineData("SIMPLE  = TRUE", null)]
    [InlineData("SIMPLE  = 'T'", null)]
    public void Logical_values_are_T_and_F(string line, bool? value)
    {
        Assert.Equal(value, Parse(line).GetBoolean());
    }

    [Theory]
    [InlineData("COMMENT = is not a value here", "COMMENT", "= is not a value here")]
    [InlineData("HISTORY   two spaces", "HISTORY", "  two spaces")]
    [InlineData("", "", null)]
    [InlineData("HIERARCH ESO TEL = 1", "HIERARCH", " ESO TEL = 1")]
    public void Lines_without_a_value_keep_their_text(string line, string keyword, string? text)
    {
        var card = Parse(line);

        Assert.Equal(keyword, card.Keyword);
        Assert.Null(card.ValueText);
        Assert.Equal(text, card.Comment);
    }

    public static TheoryData<FitsCard, string> Written => new()
    {
        { new FitsCard("SIMPLE", true, "yes"), "SIMPLE  =                    T / yes" },
        { new FitsCard("EXTEND", false), "EXTEND  =                    F" },
        { new FitsCard("GAIN", 80), "GAIN    =                   80" },
        { new FitsCard("BIG", long.MinValue), "BIG     = -9223372036854775808" },
        { new FitsCard("EXPTIME", 10.0, "seconds"), "EXPTIME =                 10.0 / seconds" },
        { new FitsCard("XPIXSZ", 2.9), "XPIXSZ  =                  2.9" },
        { new FitsCard("TINY", -1.2345678901234567E-100), "TINY    = -1.2345678901234567E-100" },
        { new FitsCard("OBJECT", "M 94", "target"), "OBJECT  = 'M 94    '           / target" },
        { new FitsCard("OBJECT", ""), "OBJECT  = '        '" },
        { new FitsCard("OBJECT", "Barnard's Star "), "OBJECT  = 'Barnard''s Star'" },
        { new FitsCard("OBJECT", "Große Ω 猫 🐈\n"), "OBJECT  = 'Gro?e ? ? ??'" },
        { new FitsCard("FILTER", "LP", "Schmalband für\tNebel"), "FILTER  = 'LP      '           / Schmalband f?r?Nebel" },
        { new FitsCard("DATE-OBS", new DateTimeOffset(2025, 3, 26, 21, 20, 32, 955, TimeSpan.FromHours(-4))), "DATE-OBS= '2025-03-27T01:20:32.955'" },
        { FitsCard.Commentary("HISTORY", "made of 12 subs"), "HISTORY made of 12 subs" },
        { new FitsCard("OBJECT", new string('x', 100), "lost"), "OBJECT  = '" + new string('x', 68) + "'" },
        { new FitsCard("OBJECT", new string('x', 67) + "'y"), "OBJECT  = '" + new string('x', 67) + "'" },
        { new FitsCard("OBJECT", new string('x', 66) + "'y"), "OBJECT  = '" + new string('x', 66) + "'''" },
        { FitsCard.Commentary("COMMENT", new string('c', 100)), "COMMENT " + new string('c', 72) },
        { new FitsCard("GAIN", 1, new string('c', 100)), "GAIN    =                    1 / " + new string('c', 47) },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Cards_are_written_in_80_printable_characters(FitsCard card, string line)
    {
        var text = FitsCardText.Format(card);

        Assert.Equal(80, text.Length);
        Assert.Equal(line, text.TrimEnd(' '));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void A_written_card_reads_the_same(FitsCard card, string line)
    {
        var back = Parse(line);

        Assert.Equal(card.Keyword, back.Keyword);
        Assert.Equal(card.ValueText, back.ValueText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TOOLONGKEY")]
    [InlineData("lower")]
    [InlineData("SP ACE")]
    [InlineData("ÄÖÜ")]
    public void A_keyword_that_FITS_does_not_allow_is_refused(string keyword)
    {
        Assert.Throws<ArgumentException>(() => new FitsCard(keyword, 1));
        Assert.Throws<ArgumentException>(() => FitsCard.Commentary(keyword, "text"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_FITS_cannot_hold_is_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitsCard("CCD-TEMP", value));
    }

    [Fact]
    public void Of_cards_with_the_same_keyword_the_first_counts_and_case_does_not()
    {
        var header = new FitsHeader([new FitsCard("GAIN", 80), new FitsCard("GAIN", 90), new FitsCard("OBJECT", "M 94")]);

        Assert.Equal(80, header.GetInteger("gain"));
        Assert.Equal("M 94", header.GetString("OBJECT"));
        Assert.Null(header.GetString("ABSENT"));
        Assert.Null(header.Find("ABSENT"));
        Assert.Equal(3, header.Cards.Count);
    }

    private static FitsCard Parse(string line) => FitsCardText.Parse(Encoding.Latin1.GetBytes(line.PadRight(80)));
}
