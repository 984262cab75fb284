using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Telescopes;

public sealed class SerialNumberFinderTests
{
    [Theory]
    [InlineData("""{"Value":[{"DeviceName":"S50_4ddb0535","DeviceType":"Camera"}]}""", "4ddb0535")]
    [InlineData("""{"Value":[{"DeviceName":"Focuser"},{"DeviceName":"S30_0C0FFEE0 telephoto"}]}""", "0C0FFEE0")]
    [InlineData("""{"Value":[{"DeviceName":"S30 Pro_0c0ffee0"}]}""", "0c0ffee0")]
    [InlineData("""{"Value":[{"DeviceName":"S30Pro_0c0ffee0"}]}""", "0c0ffee0")]
    [InlineData("""{"Value":[{"DeviceName":"S50_4ddb053"}]}""", null)]
    [InlineData("""{"Value":[{"DeviceName":"S50_4ddb05351"}]}""", null)]
    [InlineData("""{"Value":[{"DeviceName":"Simulator"}]}""", null)]
    [InlineData("", null)]
    public void The_serial_number_is_in_the_names_of_the_devices(string devices, string? serial) => Assert.Equal(serial, SerialNumberFinder.FindSerial(devices));

    [Theory]
    [InlineData("4DDB0535", "4ddb0535")]
    [InlineData(" 4ddb0535 ", "4ddb0535")]
    [InlineData("00000000", null)]
    [InlineData("short", null)]
    [InlineData("../../etc/passwd", null)]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Serial_numbers_have_one_form_and_what_can_be_none_is_none(string? told, string? serial) => Assert.Equal(serial, SerialNumber.Normalise(told));
}
