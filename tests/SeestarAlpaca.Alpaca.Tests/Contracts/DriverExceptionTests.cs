using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Tests.Contracts;

public sealed class DriverExceptionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0x3FF)]
    [InlineData(0x1000)]
    [InlineData(-1)]
    public void A_number_outside_Alpacas_range_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriverException(number, "Something is wrong."));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_error_without_a_message_is_refused(string message) =>
        Assert.Throws<ArgumentException>(() => new DriverException(0x400, message));

    [Fact]
    public void A_device_failure_has_a_number_of_the_devices_own() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DriverException.DeviceFailure("It broke.", 0x4FF));
}
