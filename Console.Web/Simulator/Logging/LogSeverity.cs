namespace OpsConsole.Web.Simulator.Logging;

/// <summary>google.logging.type.LogSeverity; the numbers are Google's.</summary>
internal enum LogSeverity
{
    DEFAULT = 0,
    DEBUG = 100,
    INFO = 200,
    NOTICE = 300,
    WARNING = 400,
    ERROR = 500,
    CRITICAL = 600,
    ALERT = 700,
    EMERGENCY = 800,
}
