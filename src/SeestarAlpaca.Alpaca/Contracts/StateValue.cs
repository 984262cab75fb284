namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>One named value of <see cref="IAscomDeviceV2.DeviceState"/>.</summary>
public interface IStateValue
{
    /// <summary>ASCOM's name of the value, in ASCOM's case.</summary>
    string Name { get; }

    /// <summary>The value, of the same type as the single member of that name.</summary>
    object Value { get; }
}

/// <summary>One named value of <see cref="IAscomDeviceV2.DeviceState"/>.</summary>
/// <param name="name">For a camera one of CameraState, CCDTemperature, CoolerPower, HeatSinkTemperature, ImageReady, IsPulseGuiding,
/// PercentCompleted, TimeStamp; any other name is a fault (alpaca-camera.md §3.4).</param>
/// <param name="value">Never null.</param>
public class StateValue(string name, object value) : IStateValue
{
    /// <summary>The time at which the other values were taken, under the name "TimeStamp".</summary>
    /// <param name="dateTime">UTC.</param>
    public StateValue(DateTime dateTime)
        : this("TimeStamp", dateTime)
    {
    }

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public object Value { get; } = value;
}
