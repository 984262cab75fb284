using System.CommandLine;
using SeestarAlpaca.Conformance.Commands;

var program = new RootCommand("Judges ASCOM Alpaca camera servers. Exit code: 0 clean, 1 issues, 2 errors or not to be judged, 3 bad options.")
{
    new CameraCommand(),
    new ProtocolCommand(),
    new DiscoveryCommand(),
    new ManagementCommand(),
};

var arguments = program.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("--help lists commands and options.");
    return ExitCode.Usage;
}

try
{
    return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception)
{
    // A fault of this program is no verdict on the server.
    await Console.Error.WriteLineAsync(exception.ToString());
    return ExitCode.Errors;
}
