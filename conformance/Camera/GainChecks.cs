using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Gain and Offset: exactly one of three modes each (alpaca-camera.md §3.5, §8 F23 and F27).</summary>
internal static class GainChecks
{
    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("gain.mode", "§3.5, §8 F23", "Gain: one mode, and its limits",
            (run, token) => JudgeAsync(run, "gain", short.MinValue, short.MaxValue, token)),
        new("offset.mode", "§3.5, §8 F27", "Offset: one mode, and its limits",
            (run, token) => JudgeAsync(run, "offset", int.MinValue, int.MaxValue, token))
        {
            LeftOut = run => run.Facts.InterfaceVersion < 3 ? "Interface version 3 brought it." : null,
        },
    ];

    private static async Task JudgeAsync(CameraRun run, string member, long typeMin, long typeMax, CancellationToken cancellationToken)
    {
        var min = await run.GetAsync($"{member}min", cancellationToken);
        var max = await run.GetAsync($"{member}max", cancellationToken);
        var list = await run.GetAsync($"{member}s", cancellationToken);
        var value = await run.GetAsync(member, cancellationToken);
        var others = new[] { min, max, list }.Where(answer => !answer.Succeeded && answer.ErrorNumber is not (AscomError.NotImplemented or AscomError.InvalidOperation)).ToList();
        foreach (var wrong in others)
        {
            run.Judge.Issue($"{wrong.Call} must be a value or 0x400: {wrong.Told}.");
        }

        switch (value, min.Succeeded, max.Succeeded, list.Succeeded)
        {
            case ({ NotImplemented: true }, false, false, false):
                run.Refuses(await run.WriteAsync(member, 0, cancellationToken), $"{member} is not implemented", AscomError.NotImplemented);
                break;
            case ({ Succeeded: true }, true, true, false):
                await JudgeValuesAsync(run, member, value.Integer, min.Integer, max.Integer, typeMin, typeMax, cancellationToken);
                break;
            case ({ Succeeded: true }, false, false, true):
                await JudgeValuesAsync(run, member, value.Integer, 0, list.Texts.Length - 1, typeMin, typeMax, cancellationToken);
                break;
            default:
                run.Judge.Issue(
                    $"{member} has no mode: {member} {Short(value)}, {member}min {Short(min)}, {member}max {Short(max)}, {member}s {Short(list)}. "
                    + "Right are: all not implemented; value with min and max; or value with a list.");
                break;
        }
    }

    private static async Task JudgeValuesAsync(
        CameraRun run, string member, long value, long min, long max, long typeMin, long typeMax, CancellationToken cancellationToken)
    {
        run.Judge.Require(
            min <= value && value <= max, $"{member} {value} is within {min} to {max}.", $"{member} {value} is outside {min} to {max}.");
        await run.WritesAsync(member, min, cancellationToken);
        await run.WritesAsync(member, max, cancellationToken);
        if (min == typeMin || max == typeMax)
        {
            run.Judge.Issue($"{member}min {min} or {member}max {max} is at the end of the type; the value beyond, which must be refused, cannot be written.");
        }
        else
        {
            run.Refuses(await run.WriteAsync(member, min - 1, cancellationToken), $"the least is {min}", AscomError.InvalidValue);
            run.Refuses(await run.WriteAsync(member, max + 1, cancellationToken), $"the greatest is {max}", AscomError.InvalidValue);
        }

        await run.WritesAsync(member, value, cancellationToken);
    }

    private static string Short(Answer answer) => answer.Succeeded ? "is given" : answer.NotImplemented ? "is not implemented" : "is refused";
}
