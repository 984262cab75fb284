using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Which sub is wanted.</summary>
/// <param name="Pointing">Where the telescope looks.</param>
/// <param name="Exposure">Length and gain.</param>
/// <param name="Number">Counts all exposures since power-on; decides noise and drift.</param>
/// <param name="Index">Counts the exposures of the present view or stack from 0; a replay takes its files by it.</param>
internal readonly record struct SubRequest(Pointing Pointing, Exposure Exposure, int Number, int Index)
{
    /// <summary>How sky and optics are; a replay has those of its files.</summary>
    public SkyConditions Conditions { get; init; } = SkyConditions.Clear;
}

/// <summary>Where subs come from. Thread safe; the same request gives the same pixels.</summary>
internal interface ISubSource
{
    /// <summary>Size of the subs.</summary>
    PictureSize Size { get; }

    /// <summary>How many subs there are for a stack; null for no end.</summary>
    int? Count { get; }

    /// <summary>Whether subs are registered on their stars. If not, <see cref="DriftOf"/> tells where they belong.</summary>
    bool IsRegisteredOnStars { get; }

    /// <summary>Makes or reads a sub. May take a tenth of a second and more.</summary>
    BayerImage Expose(SubRequest request);

    /// <summary>How far a sub is off its place; what registering has to undo where it is not done on stars.</summary>
    Drift DriftOf(SubRequest request);
}
