using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Identity;

/// <summary>Which formats of a telescope are offered as cameras: two always, the others where they were chosen for it or configured for all.</summary>
internal static class OfferedFormats
{
    private static readonly CameraFormat[] Always = [CameraFormat.LiveStack, CameraFormat.LiveStackRgb];

    /// <summary>The formats that have to be asked for.</summary>
    public static IReadOnlyList<CameraFormat> OptIn { get; } = [.. Enum.GetValues<CameraFormat>().Except(Always)];

    /// <summary>The formats of a telescope, in the order in which they get numbers.</summary>
    /// <param name="record">The telescope.</param>
    /// <param name="configured">The opt-in formats that all telescopes have.</param>
    public static IEnumerable<CameraFormat> Of(TelescopeRecord record, IReadOnlyList<CameraFormat> configured) =>
        Always.Concat(OptIn.Where(format => (record.Choices.Formats.Contains(format) || configured.Contains(format)) && IsPossible(record, format)));

    /// <summary>Whether the telescope can deliver it, as far as is known of the model.</summary>
    public static bool IsPossible(TelescopeRecord record, CameraFormat format) => format != CameraFormat.Wide || TelescopeModel.Of(record.Model).Wide is not null;
}
