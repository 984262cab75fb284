namespace SeestarAlpaca.Alpaca.Management;

/// <summary>What the server tells about itself (alpaca-camera.md §2).</summary>
/// <param name="ServerName">The name that clients show for the server.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="ManufacturerVersion">Its version, in any form.</param>
/// <param name="Location">Where it stands; may be empty.</param>
public sealed record AlpacaServerInfo(string ServerName, string Manufacturer, string ManufacturerVersion, string Location);
