using SeestarAlpaca.Identity;

namespace SeestarAlpaca.Cameras;

/// <content>What a camera has where the telescope takes commands, and control is allowed to the client for gain and exposure length.</content>
internal sealed partial class SeestarCamera
{
    public double CCDTemperature => OfConnected(Temperature) ?? throw Absent(nameof(CCDTemperature));

    public short Gain
    {
        get => (short)Controlled(nameof(Gain)).Gain;
        set => Controlled(nameof(Gain)).Gain = value;
    }

    public short GainMax => (short)Controlled(nameof(GainMax)).GainRange.Highest;

    public short GainMin => (short)Controlled(nameof(GainMin)).GainRange.Lowest;

    public double SubExposureDuration
    {
        get => Controlled(nameof(SubExposureDuration)).SubExposure;
        set => Controlled(nameof(SubExposureDuration)).SubExposure = value;
    }

    /// <summary>The sensor's, as the telescope's own control value tells it; null where it does not, and of the wide camera.</summary>
    private double? Temperature => _device.Format == CameraFormat.Wide ? null : _telescope.Session.Snapshot.Telescope.SensorTemperature;

    private TelescopeControl Controlled(string member) => Camera.IsControlled
        ? _control
        : throw Alpaca.Contracts.DriverException.NotImplemented(
            _control.Obstacle is { } obstacle ? $"This camera has no {member}. {obstacle}" : $"This camera has no {member} in this connection; disconnect and connect it again.");
}
