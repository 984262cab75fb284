using SeestarAlpaca.Simulator.Faults;

namespace SeestarAlpaca.Simulator.Tests.Faults;

public sealed class FaultSyntaxTests
{
    [Fact]
    public void A_fault_without_arguments_has_its_defaults()
    {
        var fault = FaultControl.Parse("lost-connection");

        Assert.Equal(("lost-connection", 20.0), (fault.Name, fault.Number("seconds")));
    }

    [Theory]
    [InlineData("goto=name:M 94,ra:12.85,dec:-41.12")]
    [InlineData("wrong-crc=count:3")]
    [InlineData("reboot")]
    public void What_was_read_can_be_written(string text)
    {
        Assert.Equal(text, FaultControl.Parse(text).ToString());
    }

    [Theory]
    [InlineData("wrong-crk", "There is no fault 'wrong-crk'; there are reset-mid-frame, ")]
    [InlineData("wrong-crc=times:3", "wrong-crc has no 'times'; it has count.")]
    [InlineData("wrong-crc=3", "An argument of wrong-crc is KEY:VALUE, not '3'.")]
    [InlineData("wrong-crc=count:many", "wrong-crc: count is a whole number from 1 to 1000000, not 'many'.")]
    [InlineData("wrong-crc=count:0", "wrong-crc: count is a whole number from 1 to 1000000, not '0'.")]
    [InlineData("wrong-crc=count:1.5", "wrong-crc: count is a whole number from 1 to 1000000, not '1.5'.")]
    [InlineData("wrong-crc=count:1,count:2", "wrong-crc has 'count' twice.")]
    [InlineData("silence=port:usb", "silence: port is one of all, control, image, not 'usb'.")]
    [InlineData("close-arm=count:2", "close-arm takes no arguments, so not 'count'.")]
    [InlineData("stray-alert=text:", "stray-alert: text needs a value.")]
    public void What_is_wrong_is_told_with_what_would_be_right(string text, string sentence)
    {
        var fault = Assert.Throws<FormatException>(() => FaultControl.Parse(text));

        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_has_a_name_of_its_own_and_defaults_that_are_right()
    {
        Assert.Distinct(FaultControl.Known.Select(kind => kind.Name));
        foreach (var kind in FaultControl.Known)
        {
            var arguments = string.Join(',', kind.Parameters.Select(parameter => $"{parameter.Name}:{parameter.Default}"));

            Assert.Equal(kind.Name, FaultControl.Parse($"{kind.Name}={arguments}").Name);
            Assert.EndsWith(".", kind.Meaning, StringComparison.Ordinal);
        }
    }
}
