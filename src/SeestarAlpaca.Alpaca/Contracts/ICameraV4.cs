namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>ASCOM's camera, interface version 4: version 3 with asynchronous connecting and <see cref="IAscomDeviceV2.DeviceState"/>.</summary>
public interface ICameraV4 : ICameraV3, IAscomDeviceV2;
