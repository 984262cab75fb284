using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>The telephoto camera: gain and the counter of exposures. To be used within the agenda.</summary>
internal sealed class Camera(ISubSource source, int gain, Weather weather)
{
    /// <summary>The image id that means none.</summary>
    private const int NoImageId = 65535;

    private int _number;

    /// <summary>Gain in steps of 0.1 dB.</summary>
    public int Gain { get; set; } = gain;

    /// <summary>The counter that headers and plate solves carry.</summary>
    public int ImageId => _number % NoImageId;

    /// <summary>Makes the next exposure; its pixels are made when they are first wanted.</summary>
    /// <param name="pointing">Where the telescope looks.</param>
    /// <param name="seconds">Exposure time.</param>
    /// <param name="index">Its place in the present view or stack, from 0.</param>
    public SubPicture Expose(Pointing pointing, double seconds, int index)
    {
        _number++;
        var request = new SubRequest(pointing, new Exposure(seconds, Gain), _number, index) { Conditions = weather.Next(seconds) };
        return new SubPicture(source, request, ImageId);
    }
}
