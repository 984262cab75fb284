namespace SeestarAlpaca.Alpaca.Devices;

/// <summary>What a driver object implements to have its image streamed straight from its pixels.</summary>
public interface IImageSource
{
    /// <summary>
    /// Leases the image that <c>ImageArray</c> means: it stays unchanged until the lease ends, whatever is exposed meanwhile.
    /// Reading does not consume it.
    /// </summary>
    /// <exception cref="Contracts.DriverException">0x40B when there is no image, 0x407 when not connected.</exception>
    AlpacaImage OpenImage();
}
